import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** Whatever decides the results of a run: the code that simulates and the YAML that it reads. */
const FLOORS = ['balancer', 'topology', 'sim', 'scenarios'];

/**
 * SHA-256 over the sources of results and `more` (settings, further files): results made from the
 * same are the same.
 */
export function digestOfSources(more: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const text of more) hash.update(text).update('\0');
  for (const floor of FLOORS) {
    const files = readdirSync(join(ROOT, floor), { recursive: true, encoding: 'utf8' }).sort();
    for (const name of files.filter((one) => /[.](ts|yaml|graphml)$/.test(one))) {
      hash.update(name).update(readFileSync(join(ROOT, floor, name)));
    }
  }
  return hash.digest('hex');
}
