import type { RecordedPop } from '../../../sim/recording.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { StateNow } from '../../data/state-history.ts';
import { isHidden } from '../../hide.ts';
import type { Selection } from '../../store.ts';
import type { LinkNow } from './link-layer.ts';

/** What a POP is at one instant. */
export interface PopNow {
  readonly pop: RecordedPop;
  readonly index: number;
  readonly state: StateNow;
  /** NaN without a value, as the others. */
  readonly requestsPerSecond: number;
  readonly failedPerSecond: number;
  /** Busy slots ÷ slots, 0 … 1; 1.01 above. */
  readonly utilisation: number;
  readonly latencyP50_s: number;
  readonly latencyP95_s: number;
  readonly hitRatio: number;
  readonly inFlight: number;
}

export function popsNow(player: RecordingPlayer, time_s: number): readonly PopNow[] {
  const { index, pops, states } = player;
  return index.world.pops.map((pop, i) => ({
    pop,
    index: i,
    state: states.at('pop', i, time_s),
    requestsPerSecond: pops.rate('requests', i, time_s),
    failedPerSecond: pops.rate('failed', i, time_s),
    utilisation: pops.value('utilisation', i, time_s),
    latencyP50_s: pops.value('latency_p50_s', i, time_s),
    latencyP95_s: pops.value('latency_p95_s', i, time_s),
    hitRatio: pops.value('hit_ratio', i, time_s),
    inFlight: pops.value('in_flight', i, time_s),
  }));
}

/** Links in drawing order: idle ones first, the selected one last. */
export function linksNow(
  player: RecordingPlayer,
  time_s: number,
  selection: Selection | null,
  hidden: string,
): readonly LinkNow[] {
  const { index, links, states } = player;
  const selectedPop = selection?.kind === 'pop' ? selection.name : null;
  const failing = index.world.pops.map(
    (_, pop) => player.pops.rate('failed', pop, time_s) / player.pops.rate('requests', pop, time_s),
  );
  return index.world.links
    .flatMap((link, i): LinkNow[] => {
      if (isHidden(hidden, `link/${link.name}`)) return [];
      const ends = [index.world.pops[link.a]?.name, index.world.pops[link.b]?.name];
      return [
        {
          link,
          index: i,
          isDown: states.at('link', i, time_s).state === 'down',
          isSelected: selection?.kind === 'link' && selection.name === link.name,
          isQuiet: selectedPop !== null && !ends.includes(selectedPop),
          utilisation: [
            links?.value('utilisation', 2 * i, time_s) ?? Number.NaN,
            links?.value('utilisation', 2 * i + 1, time_s) ?? Number.NaN,
          ],
          failing: [failing[link.b] ?? Number.NaN, failing[link.a] ?? Number.NaN],
        },
      ];
    })
    .sort((a, b) => weightOf(a) - weightOf(b) || a.index - b.index);
}

function weightOf({ isSelected, isDown, utilisation: [there, back] }: LinkNow): number {
  return (isSelected ? 4 : 0) + (isDown ? 2 : 0) + Math.max(there || 0, back || 0);
}
