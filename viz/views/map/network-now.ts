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
  const [requests, failed] = [pops.ratesAt('requests', time_s), pops.ratesAt('failed', time_s)];
  const utilisation = pops.valuesAt('utilisation', time_s);
  const p50 = pops.valuesAt('latency_p50_s', time_s);
  const p95 = pops.valuesAt('latency_p95_s', time_s);
  const hitRatio = pops.valuesAt('hit_ratio', time_s);
  const inFlight = pops.valuesAt('in_flight', time_s);
  return index.world.pops.map((pop, i) => ({
    pop,
    index: i,
    state: states.at('pop', i, time_s),
    requestsPerSecond: requests(i),
    failedPerSecond: failed(i),
    utilisation: utilisation(i),
    latencyP50_s: p50(i),
    latencyP95_s: p95(i),
    hitRatio: hitRatio(i),
    inFlight: inFlight(i),
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
  const selectedLink = selection?.kind === 'link' ? selection.name : null;
  const { pops } = index.world;
  const failed = player.pops.ratesAt('failed', time_s);
  const requests = player.pops.ratesAt('requests', time_s);
  const failing = pops.map((_, pop) => failed(pop) / requests(pop));
  const load = links?.valuesAt('utilisation', time_s) ?? (() => Number.NaN);
  const weights = new Float64Array(index.world.links.length);
  // Thousands of links, ten times a second: nothing is made that is not kept.
  const all: LinkNow[] = [];
  index.world.links.forEach((link, i) => {
    if (hidden !== '' && isHidden(hidden, `link/${link.name}`)) return;
    const isOfSelected =
      selectedPop === null ||
      pops[link.a]?.name === selectedPop ||
      pops[link.b]?.name === selectedPop;
    const now: LinkNow = {
      link,
      index: i,
      isDown: states.at('link', i, time_s).state === 'down',
      isSelected: link.name === selectedLink,
      isQuiet: !isOfSelected,
      utilisation: [load(2 * i), load(2 * i + 1)],
      failing,
    };
    weights[i] = weightOf(now);
    all.push(now);
  });
  return all.sort((a, b) => weights[a.index]! - weights[b.index]! || a.index - b.index);
}

function weightOf({ isSelected, isDown, utilisation: [there, back] }: LinkNow): number {
  return (isSelected ? 4 : 0) + (isDown ? 2 : 0) + Math.max(there || 0, back || 0);
}
