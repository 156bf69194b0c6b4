import type { Summary } from '../../sim/index.ts';

export const SUMMARY_FILE = 'summary.json';

/**
 * The bytes of `summary.json`: members in the order they were put in, numbers by shortest round
 * trip.
 */
export function summaryText(summary: Summary): string {
  return `${JSON.stringify(summary, null, 2)}\n`;
}
