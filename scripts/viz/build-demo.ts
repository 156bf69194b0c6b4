/**
 * Simulates the story of `anycastle demo` with the code in `dist` and puts what the dashboard reads
 * into `dist/demo`. Does nothing when that was made by the very same code from the very same story.
 * Part of `npm run prepare`, so the package carries real results of its own version; an install does
 * not wait for it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { digestOfSources } from './digest-of-sources.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const STORY = join(ROOT, 'cli/demo/story.yaml');
const OUT = join(ROOT, 'dist/demo');
const STAMP = join(OUT, 'built-from');

const wanted = digestOfSources([readFileSync(STORY)]);
const isInstalling = ['install', 'ci'].includes(process.env['npm_command'] ?? '');
if (isInstalling) {
  process.stderr.write('dist/demo is made when the package is; a clone simulates its demo once\n');
} else if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) {
  process.stderr.write('dist/demo is up to date\n');
} else {
  rmSync(OUT, { recursive: true, force: true });
  const main = join(ROOT, 'dist/cli/main.js');
  execFileSync(process.execPath, [main, 'run', STORY, '--out', OUT, '-q'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  // The log of replications is for `resume` and `compare`; the page does without.
  rmSync(join(OUT, 'results.jsonl'));
  writeFileSync(STAMP, wanted);
}
