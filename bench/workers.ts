/**
 * P3: two replications of the edge reference, each in a process of its own as the runner has them,
 * one after the other and both at once; and the same of the model in C++, which tells what the
 * machine has to give: its cores share the last cache and the memory. Wall time, as that is the
 * question; the machine must have two cores to give. Target: both at once ≥ 1.8 times as fast.
 */
import { cppInProcess } from './peers.ts';
import { isQuick, type Measured, table } from './side-by-side.ts';
import { edgeInProcess } from './worlds/edge-process.ts';

const SECONDS = isQuick ? 0.5 : 15;
/** Many more, as its two processes would else be over before they have begun. */
const CPP_REQUESTS = isQuick ? 100_000 : 10_000_000;

interface Contender {
  readonly name: string;
  /** Runs a replication; resolves with its requests, null where this peer is absent. */
  readonly replicate: () => Promise<number | null>;
  readonly atOnce: boolean;
}

const anycastle = async (): Promise<number> => (await edgeInProcess(SECONDS)).requests;
const cpp = async (): Promise<number | null> =>
  (await cppInProcess('edge', CPP_REQUESTS))?.requests ?? null;

for (const [title, replicate] of [
  ['R1: two replications', anycastle],
  ['the same in C++', cpp],
] as const) {
  const contenders = [
    { name: 'one after the other', replicate, atOnce: false },
    { name: 'two at once', replicate, atOnce: true },
  ];
  console.log(table(title, 'requests', await alternately(contenders)));
}

/** `sideBySide` for what takes place in other processes. */
async function alternately(contenders: readonly Contender[]): Promise<readonly Measured[]> {
  const rounds = isQuick ? 1 : 5;
  const rates = contenders.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      const rate = await requestsPerSecond(contender);
      if (round > 0 && rate !== null) rates[index]!.push(rate);
    }
  }
  return contenders.map(({ name }, i) => ({ name, rates: rates[i]!.toSorted((a, b) => a - b) }));
}

/** Requests of two replications, per second of wall time. */
async function requestsPerSecond({ replicate, atOnce }: Contender): Promise<number | null> {
  const startedMs = performance.now();
  const counts = atOnce
    ? await Promise.all([replicate(), replicate()])
    : [await replicate(), await replicate()];
  const seconds = (performance.now() - startedMs) / 1000;
  return counts.includes(null) ? null : counts.reduce((sum: number, n) => sum + n!, 0) / seconds;
}
