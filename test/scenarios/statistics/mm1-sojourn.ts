/**
 * Sojourn times of an M/M/1 queue from empty, by Lindley's recursion. Mean service time 1; the mean
 * sojourn time in steady state is 1 / (1 − ρ).
 */
export function mm1Sojourns(load: number, count: number, random: () => number): Float64Array {
  const sojourns = new Float64Array(count);
  let wait = 0;
  for (let i = 0; i < count; i++) {
    const service = -Math.log(1 - random());
    sojourns[i] = wait + service;
    const gap = -Math.log(1 - random()) / load;
    wait = Math.max(0, wait + service - gap);
  }
  return sojourns;
}
