import type { RunResult } from '../../sim/index.ts';
import { quantileOf } from './metric-scale.ts';

/**
 * Is the metric's steady-state value beyond what a replication of this length can tell? A queue
 * forgets in about τ = ρ / (1 − √ρ)² arrivals (M/M/1, the slowest of the usual ones at its load); a
 * mean takes 100 τ and a quantile q takes 10 τ / (1 − q), which is 1,000 τ for p99 and 10,000 τ for
 * p99.9. Judged at the busiest server, by its mean utilisation over replications. For stories with
 * events this does not apply: they are what they are.
 */
export function isShortRun(metric: string, results: readonly RunResult[]): boolean {
  const quantile = quantileOf(metric);
  const isLatency = /^(latency|ttfb|queue_wait)_/.test(metric);
  if (!isLatency || results.length === 0) return false;
  const busiest = busiestServer(results);
  if (busiest === null) return false;
  const needed = quantile === null ? 100 : Math.max(100, 10 / (1 - quantile));
  return busiest.requests < needed * relaxationArrivals(busiest.utilisation);
}

/** τ in arrivals; Infinity for a server that cannot keep up. */
export function relaxationArrivals(utilisation: number): number {
  if (utilisation >= 1) return Infinity;
  const gap = 1 - Math.sqrt(utilisation);
  return utilisation / (gap * gap);
}

function busiestServer(
  results: readonly RunResult[],
): { utilisation: number; requests: number } | null {
  let busiest: { utilisation: number; requests: number } | null = null;
  for (const name of Object.keys(results[0]!.servers)) {
    const utilisation = meanOf(results, name, 'utilisation');
    const requests = meanOf(results, name, 'requests');
    if (utilisation === null || requests === null) continue;
    if (busiest === null || utilisation > busiest.utilisation) busiest = { utilisation, requests };
  }
  return busiest;
}

function meanOf(results: readonly RunResult[], server: string, metric: string): number | null {
  let sum = 0;
  for (const { servers } of results) {
    const value = servers[server]?.[metric];
    if (typeof value !== 'number') return null;
    sum += value;
  }
  return sum / results.length;
}
