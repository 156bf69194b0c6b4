import { signal, type Signal } from '@preact/signals-core';
import type {
  LinkColumn,
  PopColumn,
  RecordedSeries,
  RecordedTraces,
  RecordingIndex,
  RegionColumn,
  ServerColumn,
} from '../../sim/recording.ts';
import { CatchmentHistory } from './catchment-history.ts';
import type { ChunkDecoder } from './chunk-decoder.ts';
import type { DataSource } from './data-source.ts';
import { formatProblem } from './load-report.ts';
import { LivingSlots } from './living-slots.ts';
import { SeriesPlayer, type Correction } from './series-player.ts';
import { StateHistory } from './state-history.ts';

const RECORDING_FORMAT = 1;

/** The recording of one strategy, with what has been loaded of it so far. */
export interface RecordingPlayer {
  readonly index: RecordingIndex;
  /** Utilisation: over the slots of servers that can serve (`LivingSlots`). */
  readonly pops: SeriesPlayer<PopColumn>;
  readonly regions: SeriesPlayer<RegionColumn> | null;
  readonly links: SeriesPlayer<LinkColumn> | null;
  readonly servers: SeriesPlayer<ServerColumn> | null;
  readonly states: StateHistory;
  /** Null in a laboratory. Each who plays has an own one: it moves with the time asked for. */
  catchments(): CatchmentHistory | null;
  /** Goes up when a chunk has arrived: read it in effects that show values. */
  readonly loaded: Signal<number>;
  /** Chunks that could not be read, in words. */
  readonly problems: Signal<readonly string[]>;
  /** Asks for the chunks around a time. */
  prefetch(time_s: number): void;
  /** Sampled requests; null where none were asked for. Loaded on the first call. */
  traces(): Promise<RecordedTraces | null>;
}

/** Rejects where the index is missing or of another format. */
export async function loadRecording(
  source: DataSource,
  strategyIndex: number,
  decode: ChunkDecoder,
): Promise<RecordingPlayer> {
  const id = `recording-${strategyIndex}`;
  const index = (await source.json(id)) as RecordingIndex;
  if (index.format !== RECORDING_FORMAT) throw new Error(formatProblem(index, RECORDING_FORMAT));
  const loaded = signal(0);
  const problems = signal<readonly string[]>([]);
  const tellLoaded = onceAMoment(() => void (loaded.value = loaded.peek() + 1));
  const onLoaded = (problem: string | null): void => {
    if (problem !== null) problems.value = [...problems.peek(), problem];
    tellLoaded();
  };
  const play = <Column extends string>(
    series: RecordedSeries<Column>,
    correction?: Correction,
  ): SeriesPlayer<Column> =>
    new SeriesPlayer(
      series,
      index.duration_s,
      async (shape) => decode(await source.bytes(`${id}-${shape.chunk.file}`), shape),
      onLoaded,
      correction,
    );
  const orNull = <Column extends string>(series: RecordedSeries<Column> | null) =>
    series === null ? null : play(series);
  const { pops, regions, links, servers } = index.series;
  const players = {
    pops: play(pops, overLivingSlots(index)),
    regions: orNull(regions),
    links: orNull(links),
    servers: orNull(servers),
  };
  let traces: Promise<RecordedTraces | null> | null = null;
  return {
    index,
    ...players,
    states: new StateHistory(index.moments.states),
    catchments: () => (index.catchments === null ? null : new CatchmentHistory(index.catchments)),
    loaded,
    problems,
    prefetch(time_s) {
      for (const player of Object.values(players)) player?.prefetch(time_s);
    },
    traces: () =>
      (traces ??=
        index.traces === null
          ? Promise.resolve(null)
          : (source.json(`${id}-${index.traces.file}`) as Promise<RecordedTraces>)),
  };
}

function overLivingSlots(index: RecordingIndex): Correction {
  const slots = new LivingSlots(index);
  return (value, column, pop, from_s, until_s) =>
    column === 'utilisation' ? slots.corrected(value, pop, from_s, until_s) : value;
}

/** Of wall time: nobody sees a picture that stands for less. */
const TELL_MS = 50;

/**
 * Chunks come in by the dozen, those of four series for one step of the scrubber: whoever shows
 * values draws once for all that came within a moment.
 */
function onceAMoment(tell: () => void): () => void {
  let isPending = false;
  return () => {
    if (isPending) return;
    isPending = true;
    setTimeout(() => {
      isPending = false;
      tell();
    }, TELL_MS);
  };
}
