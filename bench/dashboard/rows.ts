/** One line of the table. */
export interface Row {
  readonly text: string;
}

/** A figure beside its budget; null = none is set. */
export function row(title: string, value: number, unit: string, target: number | null): Row {
  const verdict = target === null ? '' : value <= target ? '✓' : '✗';
  const budget = target === null ? '' : `≤ ${figure(target)} ${unit}`;
  const measured = `${title.padEnd(44)}${figure(value).padStart(8)} ${unit.padEnd(4)}`;
  const text = `${measured} ${budget.padEnd(12)} ${verdict}`;
  return { text: text.trimEnd() };
}

const figure = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(value < 100 ? 1 : 0);

/** Nearest rank; NaN without values. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

/** In per cent. */
export const share = (part: number, whole: number): number =>
  whole === 0 ? Number.NaN : (100 * part) / whole;
