/**
 * Benchmarks, one after the other, each in a process of its own: `npm run bench` runs all, `npm run
 * bench -- NAME …` some, `QUICK=1` makes them short.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

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
for (const name of wanted.length > 0 ? wanted : BENCHMARKS) {
  console.log(`\n== ${name}`);
  const file = resolve(import.meta.dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, [...process.execArgv, file], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
