/** Steps of a clock that people read at a glance, seconds. */
const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400];

/** Round times within a domain of seconds, `count` of them at most (one at least). */
export function timeTicks([from_s, until_s]: readonly [number, number], count: number): number[] {
  const wanted_s = (until_s - from_s) / Math.max(count, 1);
  const finer_s = 10 ** Math.ceil(Math.log10(Math.max(wanted_s, 1e-6)));
  const step_s =
    wanted_s < 1 ? finer_s : (STEPS_S.find((step) => step >= wanted_s) ?? Math.ceil(wanted_s));
  const first = Math.ceil(from_s / step_s);
  const last = Math.floor(until_s / step_s + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step_s);
}
