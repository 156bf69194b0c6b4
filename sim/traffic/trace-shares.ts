import type { Stream } from '../kernel/random.ts';
import type { ArrivalProcessSpec } from './arrivals.ts';

/**
 * Deals the arrivals of a trace out to the sources of traffic, each arrival to one of them, with
 * the sources' shares as probabilities. Order is kept.
 */
export function dealTrace(
  atNs: readonly number[],
  processes: readonly ArrivalProcessSpec[],
  stream: Stream,
): readonly (readonly number[])[] {
  if (processes.length === 1) return [atNs];
  const dealt = processes.map((): number[] => []);
  const total = processes.reduce((sum, { share }) => sum + share, 0);
  for (const instantNs of atNs) {
    let left = stream.uniform() * total;
    let process = 0;
    while (process < processes.length - 1 && left >= processes[process]!.share) {
      left -= processes[process]!.share;
      process++;
    }
    dealt[process]!.push(instantNs);
  }
  return dealt;
}
