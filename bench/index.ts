/**
 * Benchmarks, one after the other, each in a process of its own: `npm run bench` runs all, `npm run
 * bench -- NAME …` some, `QUICK=1` makes them short. They are compiled beside the program, to
 * `dist`: what is measured is what ships. (Loaders that compile on the way make other code: R0 took
 * a fifth more.) The dashboard's drives a browser, and runs from its source.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { ROOT } from './root.ts';

const BENCHMARKS = [
  'kernel',
  'request-path',
  'scale',
  'workers',
  'flagship',
  'overhead',
  'balancer',
  'routing',
  'start-up',
  'dashboard',
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !BENCHMARKS.includes(name));
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are ${BENCHMARKS.join(', ')}`);
  process.exit(2);
}
const compiler = resolve(ROOT, 'node_modules/typescript/bin/tsc');
run([compiler, '-p', 'tsconfig.bench.json']);
for (const name of wanted.length > 0 ? wanted : BENCHMARKS) {
  console.log(`\n== ${name}`);
  if (name === 'dashboard') run([...process.execArgv, resolve(ROOT, `bench/${name}.ts`)]);
  else run([resolve(ROOT, `dist/bench/${name}.js`)]);
}

function run(args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
