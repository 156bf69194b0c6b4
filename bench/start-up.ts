/**
 * P7: how long until the command line answers. Each command is started as a process of its own from
 * `dist`; the median of wall time and of processor time over the runs is shown, as other programs
 * on the machine stretch the first only. Targets: --help 150 ms, validate of the flagship 500 ms.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { ROOT } from './root.ts';

const RUNS = 11;
const MAIN = resolve(ROOT, 'dist/cli/main.js');

const CASES: readonly (readonly [title: string, args: readonly string[], targetMs: number])[] = [
  ['node alone', ['--eval', '0'], Infinity],
  ['--version', [MAIN, '--version'], 150],
  ['--help', [MAIN, '--help'], 150],
  ['validate pop-failure', [MAIN, 'validate', 'pop-failure'], 500],
];

for (const [title, args, targetMs] of CASES) {
  const wallMs: number[] = [];
  const processorMs: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const startedMs = performance.now();
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', 'time "$0" "$@"', process.execPath, ...args],
      {
        encoding: 'utf8',
        env: { ...process.env, TIMEFORMAT: '%U %S' },
      },
    );
    wallMs.push(performance.now() - startedMs);
    if (status !== 0) throw new Error(`${title} failed: ${stderr}`);
    const [user = 0, system = 0] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number);
    processorMs.push((user + system) * 1000);
  }
  const target = Number.isFinite(targetMs) ? `   target ${targetMs} ms` : '';
  console.log(
    `${title.padEnd(22)} wall ${median(wallMs).toFixed(0).padStart(5)} ms   ` +
      `processor ${median(processorMs).toFixed(0).padStart(5)} ms${target}`,
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
