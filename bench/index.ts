/** Every benchmark, one after the other, each in a process of its own: `npm run bench`. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const BENCHMARKS = ['kernel', 'pick', 'routing', 'start-up'];

for (const name of BENCHMARKS) {
  console.log(`\n== ${name}`);
  const file = resolve(import.meta.dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, [...process.execArgv, file], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
