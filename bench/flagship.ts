/**
 * R2: the flagship scenario, all strategies, from the command line on all cores: wall time, and how
 * soon the first line of progress is written (target 1 s). Needs `npm run build`. (The processor
 * time of the replication processes is nobody's: they are killed, not waited for.)
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ROOT } from './root.ts';
import { isQuick, median } from './side-by-side.ts';

const MAIN = resolve(ROOT, 'dist/cli/main.js');
const RUNS = isQuick ? 1 : 3;
const REPLICATIONS = isQuick ? ['--replications', '2'] : [];

/** Of the command: done, or done with a verdict on the thresholds. */
const VERDICTS = [0, 10, 11];

interface Times {
  readonly wallSeconds: number;
  readonly firstLineMs: number;
}

const runs: Times[] = [];
for (let run = 0; run < RUNS; run++) {
  const folder = mkdtempSync(join(tmpdir(), 'anycastle-bench-'));
  try {
    runs.push(await runOnce(join(folder, 'run')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const show = (of: (times: Times) => number, digits: number): string => {
  const ascending = runs.map(of).toSorted((a, b) => a - b);
  const [least, middle, most] = [ascending[0]!, median(ascending), ascending.at(-1)!];
  return `${middle.toFixed(digits)} (${least.toFixed(digits)} … ${most.toFixed(digits)})`;
};
console.log(`pop-failure    median of ${RUNS} (least … most)`);
console.log(`wall           ${show((times) => times.wallSeconds, 1)} s`);
console.log(`first line     ${show((times) => times.firstLineMs, 0)} ms, target 1000`);

function runOnce(outDir: string): Promise<Times> {
  const startedMs = performance.now();
  const args = [MAIN, 'run', 'pop-failure', '--out', outDir, ...REPLICATIONS];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let firstLineMs = NaN;
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    if (text === '') firstLineMs = performance.now() - startedMs;
    text += part;
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      if (VERDICTS.includes(code ?? -1)) {
        done({ wallSeconds: (performance.now() - startedMs) / 1000, firstLineMs });
      } else {
        fail(new Error(`ended with ${code}\n${text}`));
      }
    });
  });
}
