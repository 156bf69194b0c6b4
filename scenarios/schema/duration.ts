import { duration } from '../../balancer/index.ts';
import type { Parsed } from './numerals.ts';

const durations = duration();

/** `250ms`, `1h30m` → whole nanoseconds: the balancer's durations, with advice for what is near. */
export function parseDuration(text: string): Parsed {
  const trimmed = text.trim();
  if (trimmed === '0') return { ok: true, value: 0 };
  const parsed = durations.safeParse(trimmed);
  if (parsed.success) return { ok: true, value: parsed.data };
  const clock = /^(\d+):(\d{2})(?::(\d{2}))?$/.exec(trimmed);
  if (clock !== null) return refuseClock(trimmed, clock);
  if (/^\d+(\.\d+)?$/.test(trimmed)) {
    const hint = `${trimmed}s, ${trimmed}ms?`;
    return { ok: false, code: 'E0205', message: `'${trimmed}' needs a unit`, hint };
  }
  const message = parsed.error.issues[0]?.message ?? '';
  if (message.includes('104 days')) {
    return { ok: false, code: 'E0207', message: `'${trimmed}' is longer than 104 days`, hint: '' };
  }
  return { ok: false, message: `'${trimmed}' is not a duration`, hint: spelledOut(trimmed) };
}

function refuseClock(text: string, [, first, second, third]: RegExpExecArray): Parsed {
  const instead =
    third === undefined
      ? `${Number(first)}m${Number(second)}s`
      : `${Number(first)}h${Number(second)}m${Number(third)}s`;
  return { ok: false, message: `'${text}' is not a duration`, hint: `did you mean ${instead}?` };
}

const WORDS = /^(\d+(?:\.\d+)?) ?(msec|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?|[SMHD])$/;

/** `5 minutes` → did you mean 5m? */
function spelledOut(text: string): string {
  const match = WORDS.exec(text);
  if (match === null) return 'write 250ms, 30s, 10m or 1h30m';
  const word = match[2]!.toLowerCase();
  return `did you mean ${match[1]}${word === 'msec' ? 'ms' : word[0]}?`;
}
