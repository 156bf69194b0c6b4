/**
 * P9: what statistics and recording take of the edge reference's time: the same run with nobody
 * listening, as everybody has it, and with a time series of 100 ms buckets beside. Invariants of
 * the kernel and the tables are always on and in all three. Target: ≤ 15 %.
 */
import { isQuick, median, sideBySide, table } from './side-by-side.ts';
import { R1_SCALE } from './worlds/edge-world.ts';
import { runEdge, type EdgeOptions } from './worlds/run-edge.ts';

const SECONDS = isQuick ? 0.5 : 5;

const contender = (name: string, options: EdgeOptions) => ({
  name,
  run: () => {
    const { requests, seconds } = runEdge(SECONDS, R1_SCALE, options);
    return requests / seconds;
  },
});
const results = sideBySide([
  contender('nobody listens', { isDeaf: true }),
  contender('statistics', {}),
  contender('statistics and a time series', { timelineNs: 100e6 }),
]);
console.log(table('R1: edge', 'requests', results));
const [deaf, ...listening] = results.map(({ rates }) => median(rates));
const shares = listening.map((rate) => `${((1 - rate / deaf!) * 100).toFixed(0)} %`);
console.log(`of run time: ${shares.join(', with a time series ')} (target 15 %)`);
