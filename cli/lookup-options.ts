import { InvalidArgumentError } from '@commander-js/extra-typings';

/** Ten million keys take some seconds and a gigabyte. */
const KEYS_MAX = 10_000_000;
const ATTEMPTS_MAX = 1000;

/** An option that may be repeated: all its values in order. */
export function collected(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), text];
}

/** `--keys 100000`, `100k`, `1M`. */
export function parseKeyCount(text: string): number {
  const match = /^(\d+)([kM]?)$/.exec(text);
  const scale = match?.[2] === 'M' ? 1e6 : match?.[2] === 'k' ? 1e3 : 1;
  const count = match === null ? Number.NaN : Number(match[1]) * scale;
  if (count >= 1 && count <= KEYS_MAX) return count;
  throw new InvalidArgumentError('a count of keys from 1 to 10M, please');
}

/** `--attempts 3`. */
export function parseAttempts(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= ATTEMPTS_MAX) return count;
  throw new InvalidArgumentError(`a whole number from 1 to ${ATTEMPTS_MAX}, please`);
}
