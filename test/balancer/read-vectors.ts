import { readFileSync } from 'node:fs';

/** A file of reference results; where they come from is written inside it. */
export function readVectors<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../vectors/${path}`, import.meta.url), 'utf8')) as T;
}
