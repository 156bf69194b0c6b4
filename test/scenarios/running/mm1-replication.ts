import seedrandom from 'seedrandom';
import type { MetricValues, RunResult, Timeline, WorldSpec } from '../../../sim/index.ts';

/**
 * A real M/M/1 by Lindley's recursion, small and obvious, in the shape of the simulator: what the
 * tests of running and reporting use as their replication module. Service times come from the
 * first class, arrivals from the traffic; a POP's `speed` tells strategies apart. Arrivals and
 * service demands are the same for all strategies of a replication (common random numbers).
 *
 * Names of classes make it misbehave: `die` kills the process, `die-once` only where the file
 * named by MM1_MARK does not exist yet, `throw` and `invariant` throw, `hang` never ends.
 */
export async function runReplication(
  world: WorldSpec,
  seed: string,
  replication: number,
): Promise<RunResult> {
  const random = seedrandom(`${seed} ${replication}`);
  await misbehave(world, replication);
  const { preRunNs, cutNs, durationNs } = world.time;
  const ratePerNs = (world.traffic.arrivals as { ratePerSecond: number }).ratePerSecond / 1e9;
  const service = world.classes[0]!.serviceTime as { mean: number };
  const speed = world.pops[0]!.servers[0]!.speed;
  const samples: { atNs: number; latencyNs: number; serviceNs: number }[] = [];
  let atNs = -preRunNs;
  let freeNs = atNs;
  for (;;) {
    atNs += -Math.log(1 - random()) / ratePerNs;
    const serviceNs = (-Math.log(1 - random()) * service.mean) / speed;
    if (atNs >= durationNs) break;
    freeNs = Math.max(freeNs, atNs) + serviceNs;
    if (atNs >= cutNs) samples.push({ atNs, latencyNs: freeNs - atNs, serviceNs });
  }
  const lengthNs = durationNs - cutNs;
  const window = (from: number, until: number): MetricValues =>
    metricsOf(
      samples.filter((sample) => sample.atNs >= from && sample.atNs < until),
      until - from,
    );
  const metrics = window(cutNs, durationNs);
  const named = world.events.filter(({ name }) => name !== null);
  const perEvent = (
    range: (event: (typeof named)[number]) => [number, number],
  ): Record<string, MetricValues> =>
    Object.fromEntries(named.map((event) => [event.name!, window(...range(event))]));
  const busy = samples.reduce((sum, { serviceNs }) => sum + serviceNs, 0) / lengthNs;
  return {
    strategy: world.strategy,
    replication,
    fingerprint: Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(16, '0'),
    eventCount: samples.length * 2,
    unfinished: 0,
    metrics,
    pops: { lab: metrics },
    servers: { 'lab/0': { requests: samples.length, utilisation: Math.min(1, busy) } },
    classes: { page: metrics },
    links: {},
    origins: {},
    regions: {},
    prefixes: {},
    windows: perEvent(({ atNs: at, untilNs }) => [at, Math.min(untilNs, durationNs)]),
    before: perEvent(({ atNs: at }) => [cutNs, at]),
    after: perEvent(({ untilNs }) => [Math.min(untilNs, durationNs), durationNs]),
    timeline:
      world.record.timelineNs > 0 ? timelineOf(samples, world.record.timelineNs, durationNs) : null,
  };
}

function metricsOf(samples: readonly { latencyNs: number }[], lengthNs: number): MetricValues {
  const sorted = samples.map(({ latencyNs }) => latencyNs / 1e9).sort((a, b) => a - b);
  const count = sorted.length;
  const quantile = (q: number): number | null =>
    count === 0 ? null : sorted[Math.min(count - 1, Math.floor(q * count))]!;
  return {
    requests: count,
    requests_per_s: (count * 1e9) / lengthNs,
    completed: count,
    errors: 0,
    availability: count === 0 ? null : 1,
    latency_mean_s: count === 0 ? null : sorted.reduce((a, b) => a + b, 0) / count,
    latency_p50_s: quantile(0.5),
    latency_p95_s: quantile(0.95),
    latency_p99_s: quantile(0.99),
    latency_over_200ms_ratio: count === 0 ? null : sorted.filter((x) => x > 0.2).length / count,
  };
}

function timelineOf(
  samples: readonly { atNs: number; latencyNs: number }[],
  bucketNs: number,
  durationNs: number,
): Timeline {
  const length = Math.ceil(durationNs / bucketNs);
  const completed = Array.from({ length }, () => 0);
  const latencySum_s = Array.from({ length }, () => 0);
  const worst = Array.from({ length }, (): number | null => null);
  for (const { atNs, latencyNs } of samples) {
    const bucket = Math.floor(atNs / bucketNs);
    if (bucket < 0) continue;
    completed[bucket]!++;
    latencySum_s[bucket]! += latencyNs / 1e9;
    worst[bucket] = Math.max(worst[bucket] ?? 0, latencyNs / 1e9);
  }
  const failed = completed.map(() => 0);
  return {
    startNs: 0,
    bucketNs,
    requests: completed,
    completed,
    failed,
    errors: failed,
    timeouts: failed,
    unreachable: failed,
    lookUps: failed,
    hits: failed,
    utilisationP95: [],
    utilisationMax: [],
    inFlight: [],
    latencySum_s,
    latencyP50_s: worst,
    latencyP95_s: worst,
    latencyP99_s: worst,
    popRequests: { lab: completed },
  };
}

async function misbehave({ classes }: WorldSpec, replication: number): Promise<void> {
  const name = classes[0]!.name;
  if (name === 'page' || replication !== 1) return;
  if (name === 'throw') throw new Error('a bug in the simulator');
  if (name === 'invariant')
    throw Object.assign(new Error('busy > concurrency'), { name: 'InvariantViolation' });
  if (name === 'hang') for (;;);
  if (name === 'die') process.kill(process.pid, 'SIGKILL');
  if (name === 'die-once') {
    const { existsSync, writeFileSync } = await import('node:fs');
    const mark = process.env['MM1_MARK']!;
    if (existsSync(mark)) return;
    writeFileSync(mark, '');
    process.kill(process.pid, 'SIGKILL');
  }
}
