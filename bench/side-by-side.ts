/**
 * Measures things against each other in one run: machines are shared and noisy, so only a ratio
 * taken side by side counts, and only processor time, which a waiting process does not use. One
 * uncounted round, then A B C A B C …; median and spread.
 */
export interface Contender {
  readonly name: string;
  /** Does the work once and returns its rate per second; null when this peer is absent. */
  readonly run: () => number | null;
}

export interface Measured {
  readonly name: string;
  /** Ascending rates per second; empty when absent. */
  readonly rates: readonly number[];
}

/** Runs all contenders alternately; `rounds` are counted, one before them is not. */
export function sideBySide(contenders: readonly Contender[], rounds = isQuick ? 1 : 5): Measured[] {
  const rates = contenders.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      const rate = contender.run();
      if (round > 0 && rate !== null) rates[i]!.push(rate);
    }
  }
  return contenders.map(({ name }, i) => ({ name, rates: rates[i]!.toSorted((a, b) => a - b) }));
}

/** One table: median rate, spread, and the ratio to the first contender. */
export function table(title: string, unit: string, results: readonly Measured[]): string {
  const first = median(results[0]?.rates ?? []);
  const rows = results.map(({ name, rates }) => {
    if (rates.length === 0) return [name, 'absent', '', ''];
    const spread = `${millions(rates[0]!)} … ${millions(rates.at(-1)!)}`;
    return [name, millions(median(rates)), spread, `${(median(rates) / first).toPrecision(3)}×`];
  });
  const head = [title, `M ${unit}/s`, 'least … most', 'ratio'];
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, i) => (i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))
      .join('  ');
  return [line(head), ...rows.map(line), ''].join('\n');
}

/** The rate of `count` things done by `work`, per second of processor time. */
export function ratePerSecond(count: number, work: () => void): number {
  const started = process.cpuUsage();
  work();
  return count / processorSeconds(started);
}

/** Processor time of this process since an earlier `process.cpuUsage()`: all threads, all modes. */
export function processorSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

/** `QUICK=1`: small counts and one round, to see that a benchmark still runs. */
export const isQuick: boolean = process.env['QUICK'] === '1';

export function median(ascending: readonly number[]): number {
  const middle = (ascending.length - 1) / 2;
  return (ascending[Math.floor(middle)]! + ascending[Math.ceil(middle)]!) / 2;
}

function millions(rate: number): string {
  return (rate / 1e6).toPrecision(3);
}
