import { signal } from '@preact/signals-core';
import type { RecordedTraces } from '../../../sim/recording.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';

/** Traces that have been loaded: null = none were recorded or they cannot be read. */
const loaded = signal<ReadonlyMap<RecordingPlayer, RecordedTraces | null>>(new Map());

/** The traces of a recording; undefined while they load (an effect runs again then). */
export function tracesOf(player: RecordingPlayer): RecordedTraces | null | undefined {
  const known = loaded.value.get(player);
  if (known !== undefined) return known;
  const put = (traces: RecordedTraces | null): void => {
    loaded.value = new Map([...loaded.peek(), [player, traces]]);
  };
  player.traces().then(put, (error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    player.problems.value = [...player.problems.peek(), why];
    put(null);
  });
  return undefined;
}
