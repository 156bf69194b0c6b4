/**
 * Picks per second of every policy over 10, 100 and 1000 backends, with the time of a rebuild, cold
 * and warm, beside npm packages that overlap. Rounds alternate between all contestants; printed is
 * the best round, in processor time.
 *
 *   npx tsx bench/balancer.ts            the table
 *   npx tsx bench/balancer.ts --write    … and docs/balancing/speed.json, for the pages there
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { policies } from '../balancer/index.ts';
import { policyBytes, policyContestant, type Contestant } from './balancer-contestants.ts';
import { peerContestants } from './balancer-peers.ts';

const BACKEND_COUNTS = [10, 100, 1000] as const;
/** Pages show the figures of so many backends. */
const SHOWN_COUNT = 100;
const QUICK = process.env['QUICK'] === '1';
const ROUNDS = QUICK ? 3 : 7;
const ROUND_MS = QUICK ? 10 : 40;
const SPEED_FILE = 'docs/balancing/speed.json';

function contestants(n: number): Contestant[] {
  const ring = policies.find(({ name }) => name === 'ring-hash')!;
  return [
    ...policies.map((definition) => policyContestant(definition, {}, n)),
    policyContestant(ring, { vnodes: 100 }, n),
    ...peerContestants(n),
  ];
}

/** Processor time of this process: others on the machine do not count. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function runRound(contestant: Contestant): void {
  const startMs = processorMs();
  let picks = 0;
  let elapsedMs = 0;
  while (elapsedMs < ROUND_MS) {
    contestant.pick(picks, 500);
    picks += 500;
    elapsedMs = processorMs() - startMs;
  }
  contestant.perSecond.push((picks / elapsedMs) * 1000);
}

/** What a machine that others share can do: they only ever slow a round down. */
const best = (values: readonly number[]): number => Math.max(...values);

/** Each field after a warm-up, over all keys where that takes no longer than a few rounds. */
function compete(n: number): Contestant[] {
  const field = contestants(n);
  for (const contestant of field) {
    const untilMs = performance.now() + 5 * ROUND_MS;
    for (let from = 0; from < 20_000 && performance.now() < untilMs; from += 500) {
      contestant.pick(from, 500);
    }
  }
  for (let round = 0; round < ROUNDS; round++) field.forEach(runRound);
  return field;
}

const cells = new Map<string, string[]>();
const shown = new Map<string, Contestant>();
for (const n of BACKEND_COUNTS) {
  for (const contestant of compete(n)) {
    const { name, perSecond, coldBuildMs, warmBuildMs } = contestant;
    if (n === SHOWN_COUNT) shown.set(name, contestant);
    const cell = [
      (best(perSecond) / 1e6).toFixed(2).padStart(8),
      coldBuildMs.toFixed(1).padStart(8),
      warmBuildMs.toFixed(1).padStart(7),
    ];
    cells.set(name, [...(cells.get(name) ?? []), ...cell]);
  }
}
const bytes = new Map(policies.map((each) => [each.name, policyBytes(each, SHOWN_COUNT)]));
const columns = BACKEND_COUNTS.map((n) => `n=${n}: M/s, cold, warm ms`.padStart(23));
console.log(['policy'.padEnd(27), ...columns, '   KiB at 100'].join(''));
for (const [name, row] of cells) {
  const held = bytes.get(name);
  const kib = held === undefined ? '' : (held / 1024).toFixed(1);
  console.log([name.padEnd(27), ...row, kib.padStart(13)].join(''));
}
if (process.argv.includes('--write')) {
  const measured = policies.map(({ name }) => {
    const { perSecond, warmBuildMs } = shown.get(name)!;
    const picksPerSecond = Number(best(perSecond).toPrecision(3));
    const buildMs = Number(warmBuildMs.toPrecision(2));
    return [name, { picksPerSecond, buildMs, bytes: Math.round(bytes.get(name)!) }] as const;
  });
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown'}, shared; Node ${process.versions.node}`;
  const file = { machine, backends: SHOWN_COUNT, policies: Object.fromEntries(measured) };
  writeFileSync(SPEED_FILE, `${JSON.stringify(file, null, 2)}\n`);
}
