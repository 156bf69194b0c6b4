import { InvalidArgumentError } from '@commander-js/extra-typings';

/** More processes than this are a slip of the finger. */
const WORKERS_MAX = 1024;

/** `--workers 4`. */
export function parseWorkers(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= WORKERS_MAX) return count;
  throw new InvalidArgumentError(`a whole number from 1 to ${WORKERS_MAX}, please`);
}

const DURATION_UNITS_MS = { ms: 1, s: 1e3, m: 60e3, h: 3600e3 } as const;

/** `--max-wall 10m`, `1h30m` → milliseconds. */
export function parseWallTime(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:[.]\d+)?)(ms|s|m|h)/g)];
  const spelled = parts.map(([part]) => part).join('');
  const ms = parts.reduce(
    (sum, [, value, unit]) =>
      sum + Number(value) * DURATION_UNITS_MS[unit as keyof typeof DURATION_UNITS_MS],
    0,
  );
  if (spelled === text && ms > 0) return ms;
  throw new InvalidArgumentError('a duration such as 90s, 10m or 1h30m, please');
}

const SIZE_UNITS = { KB: 1e3, MB: 1e6, GB: 1e9, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 } as const;

/** `--max-memory 4GiB` → bytes. */
export function parseMemory(text: string): number {
  const match = /^(\d+(?:[.]\d+)?)(KB|MB|GB|KiB|MiB|GiB)$/.exec(text);
  if (match !== null) return Number(match[1]) * SIZE_UNITS[match[2] as keyof typeof SIZE_UNITS];
  throw new InvalidArgumentError('a size such as 500MB or 4GiB, please');
}

/** `--replications 20`, `10..40`: its form only; what it may be is the scenario's business. */
export function parseReplications(text: string): string {
  if (/^\d+([.]{2}\d+)?$/.test(text)) return text;
  throw new InvalidArgumentError('a count or a range such as 20 or 10..40, please');
}

/** `--resume` (for which `on` stands) or `--resume=force`. */
export function parseResume(text: string): true | 'force' {
  if (text === 'on') return true;
  if (text === 'force') return 'force';
  throw new InvalidArgumentError('write --resume or --resume=force, please');
}
