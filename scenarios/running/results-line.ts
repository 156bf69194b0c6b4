import { crc32c } from '@node-rs/crc32';
import stringify from 'safe-stable-stringify';
import type { RunResult } from '../../sim/index.ts';

/**
 * One line of `results.jsonl`: a finished replication as canonical JSON (keys sorted, numbers by
 * shortest round trip) whose last member is the CRC-32C of everything before it.
 *
 *     {"kind":"measured","replication":3,"result":{…},"strategy":"anycast","crc32c":"9a0b1c2d"}
 *      └──────────────────────── the checksum is over these bytes ──────┘
 */
export interface ResultsLine {
  /** `pilot`: ran only to find the warm-up. */
  readonly kind: 'pilot' | 'measured';
  readonly strategy: string;
  readonly replication: number;
  readonly result: RunResult;
}

const SEAL = /,"crc32c":"([0-9a-f]{8})"\}$/;
/** Length of `,"crc32c":"01234567"}`. */
const SEAL_LENGTH = 21;

/** NaN and Infinity are bugs of whoever measured, so they throw instead of becoming null. */
const canonical = stringify.configure({
  deterministic: true,
  strict: true,
  circularValue: TypeError,
});

/** The line without its newline. Throws a TypeError for values JSON cannot hold. */
export function encodeLine(line: ResultsLine): string {
  const body = canonical(line as unknown as object)!.slice(0, -1);
  return `${body},"crc32c":"${checksum(body)}"}`;
}

/** The line, or null when it is torn, flipped, or not one of ours. */
export function decodeLine(text: string): ResultsLine | null {
  const seal = SEAL.exec(text);
  if (seal === null) return null;
  const body = text.slice(0, -SEAL_LENGTH);
  if (checksum(body) !== seal[1]) return null;
  const { kind, strategy, replication, result } = JSON.parse(`${body}}`) as ResultsLine;
  return { kind, strategy, replication, result };
}

function checksum(text: string): string {
  return crc32c(Buffer.from(text, 'utf8')).toString(16).padStart(8, '0');
}
