import { existsSync, readFileSync } from 'node:fs';

/** What `npm run bench -- balancer --write` measured, by policy; kept so that pages do not vary. */
export interface MeasuredSpeed {
  readonly machine: string;
  readonly policies: Readonly<
    Record<
      string,
      {
        readonly picksPerSecond: number;
        readonly buildMs: number;
        readonly bytes: number;
      }
    >
  >;
}

/** Beside the pages that show it. */
export const SPEED_FILE = 'docs/balancing/speed.json';

/** Null before the first measurement. */
export function measuredSpeed(): MeasuredSpeed | null {
  if (!existsSync(SPEED_FILE)) return null;
  return JSON.parse(readFileSync(SPEED_FILE, 'utf8')) as MeasuredSpeed;
}
