/**
 * Birth-death processes: what they predict of the precision of a run. Used to plan lengths only;
 * what a run must give comes from the vectors.
 */
export interface BirthDeath {
  /** Rate from n to n + 1; 0 at the last state. */
  readonly birth: (n: number) => number;
  /** Rate from n to n − 1. */
  readonly death: (n: number) => number;
}

/**
 * Squared relative standard deviation of the average of `f` over one unit of time, in the limit
 * of long runs: 2 Σ_j (Σ_{i≤j} (f_i − f̄) π_i)² / (λ_j π_j) / f̄² (Whitt 1992, Asymptotic Formulas
 * for Markov Processes with Applications to Simulation, eq. 12).
 */
export function relativeVariance(process: BirthDeath, f: (n: number) => number): number {
  const probability = stationary(process);
  const mean = probability.reduce((sum, p, n) => sum + p * f(n), 0);
  let excess = 0;
  let total = 0;
  for (let n = 0; n < probability.length - 1; n++) {
    excess += (f(n) - mean) * probability[n]!;
    const flow = process.birth(n) * probability[n]!;
    if (flow > 1e-200) total += (2 * excess * excess) / flow;
  }
  return total / (mean * mean);
}

/** Beyond this share of the mode's, states no longer matter. */
const NEGLIGIBLE = 1e-18;
const STATES_MAX = 100_000;

function stationary({ birth, death }: BirthDeath): number[] {
  const logs = [0];
  let highest = 0;
  for (let n = 0; n < STATES_MAX && birth(n) > 0; n++) {
    const next = logs[n]! + Math.log(birth(n) / death(n + 1));
    if (next > highest) highest = next;
    if (next < highest + Math.log(NEGLIGIBLE) && birth(n) < death(n + 1)) break;
    logs.push(next);
  }
  const weights = logs.map((log) => Math.exp(log - highest));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
