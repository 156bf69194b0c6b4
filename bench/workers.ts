/**
 * P3: two replications of the edge reference, each in a process of its own as the runner has them,
 * one after the other and both at once. Wall time, as that is the question; the machine must have
 * two cores to give. Target: both at once ≥ 1.8 times as fast.
 */
import { spawn } from 'node:child_process';
import { isQuick, type sideBySide, table } from './side-by-side.ts';
import { runEdge } from './worlds/run-edge.ts';

const SECONDS = isQuick ? 0.5 : 5;

if (process.argv[2] === 'child') {
  const { requests, seconds } = runEdge(SECONDS);
  console.log(JSON.stringify({ requests, seconds }));
} else {
  const contenders = [
    { name: 'one after the other', run: () => replications(false) },
    { name: 'two at once', run: () => replications(true) },
  ];
  console.log(table('R1: two replications', 'requests', await alternately(contenders)));
}

interface Promised {
  readonly name: string;
  readonly run: () => Promise<number>;
}

/** `sideBySide` for what takes place in other processes. */
async function alternately(
  contenders: readonly Promised[],
): Promise<ReturnType<typeof sideBySide>> {
  const rounds = isQuick ? 1 : 5;
  const rates = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { run }] of contenders.entries()) rates[index]!.push(await run());
  }
  return contenders.map(({ name }, i) => ({ name, rates: rates[i]!.toSorted((a, b) => a - b) }));
}

/** Requests of two replications, per second of wall time. */
async function replications(atOnce: boolean): Promise<number> {
  const startedMs = performance.now();
  let requests = 0;
  if (atOnce) for (const count of await Promise.all([child(), child()])) requests += count;
  else for (let i = 0; i < 2; i++) requests += await child();
  return (requests / (performance.now() - startedMs)) * 1000;
}

function child(): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = spawn(process.execPath, [...process.execArgv, import.meta.filename, 'child']);
    let text = '';
    started.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    started.on('error', reject);
    started.on('exit', (code) => {
      if (code === 0) resolve((JSON.parse(text) as { requests: number }).requests);
      else reject(new Error(`the replication ended with code ${code}`));
    });
  });
}
