/**
 * Writes a results folder whose recordings are drawn, not simulated, of a tier's size:
 *
 *     npx tsx scripts/viz/write-synthetic.ts M out/synthetic-m [SECONDS, default 5400]
 *
 * For budget tests of the page; deterministic but for the manifest's clock.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { recordedColumn, timelinePath } from '../../scenarios/index.ts';
import type { Manifest, Recording, Summary, TimelineFile } from '../../sim/index.ts';
import { writeDurably } from '../../scenarios/running/durable-file.ts';
import { sha256 } from '../../scenarios/running/manifest.ts';
import { recordingHashes, writeRecording } from '../../scenarios/running/recording-files.ts';
import { syntheticRecording } from './synthetic-recording.ts';
import { TIERS, type Tier } from './synthetic-world.ts';

const STRATEGIES = ['anycast', 'geo-dns'];

/** Sums over POPs, second by second, of the finest level. */
function timelineOf({ index, files }: Recording): TimelineFile {
  const { pops } = index.series;
  const level = pops.levels[0]!;
  const totals = (name: 'requests' | 'failed' | 'in_flight'): number[] =>
    level.chunks.flatMap(({ file }, chunk) => {
      const column = recordedColumn(pops, level, chunk, files.get(file)!, name);
      return Array.from({ length: column.length / pops.entities }, (_, frame) =>
        [...column.subarray(frame * pops.entities, (frame + 1) * pops.entities)].reduce(
          (sum, value) => sum + value,
          0,
        ),
      );
    });
  const [requests, failed] = [totals('requests'), totals('failed')];
  const plain = (value: number) => requests.map(() => value);
  return {
    format: 1,
    strategy: index.strategy,
    replications: 1,
    start_s: 0,
    bucket_s: level.bucket_s,
    requests,
    completed: requests.map((count, bucket) => count - failed[bucket]!),
    failed,
    errors: plain(0),
    timeouts: failed,
    unreachable: plain(0),
    hit_ratio: plain(0.92),
    utilisation_p95: plain(0.8),
    utilisation_max: plain(0.95),
    in_flight: totals('in_flight'),
    latency_mean_s: plain(0.05),
    latency_p50_s: plain(0.04),
    latency_p95_s: plain(0.1),
    latency_p95_s_min: plain(0.09),
    latency_p95_s_max: plain(0.12),
    latency_p99_s: plain(0.2),
    pop_requests: {},
  };
}

function summaryOf(name: string, duration_s: number): Summary {
  const estimate = (mean: number) => ({ mean, low: null, high: null, replications: 1 });
  const metrics = {
    requests: estimate(1e6),
    availability: estimate(0.99),
    latency_p95_s: estimate(0.1),
  };
  const none = { pops: {}, servers: {}, classes: {}, links: {}, origins: {}, regions: {} };
  const strategy = { settings: {}, fingerprints: ['0'.repeat(16)], metrics, ...none };
  return {
    format: 1,
    scenario: { name, sha256: '0'.repeat(64) },
    run: {
      seed: '0',
      replications: 1,
      duration_s,
      warmup_s: 0,
      fidelity: 'request',
      partial: false,
    },
    baseline: STRATEGIES[0]!,
    strategies: Object.fromEntries(
      STRATEGIES.map((each) => [each, { ...strategy, prefixes: {}, windows: {} }]),
    ),
    comparisons: [],
    rankings: [],
    thresholds: [],
    gate: [STRATEGIES[0]!],
    notes: ['drawn, not simulated: for tests of the speed of the page'],
  };
}

function manifestOf(name: string, files: Record<string, string>): Manifest {
  return {
    format: 1,
    name,
    scenario_text: '',
    scenario_sha256: '0'.repeat(64),
    plans_sha256: '0'.repeat(64),
    resolved: null,
    seed: '0',
    package_version: '0.0.0',
    node_version: process.versions.node,
    host: {},
    strategies: STRATEGIES,
    story: [],
    workers: 1,
    started_at: '2026-01-01T00:00:00.000Z',
    finished_at: '2026-01-01T00:00:00.000Z',
    wall_s: 0,
    state: 'complete',
    notes: [],
    files,
  };
}

async function write(tier: Tier, outDir: string, duration_s: number): Promise<void> {
  const name = `synthetic-${tier}`;
  const files: Record<string, string> = {};
  await rm(join(outDir, 'timeline'), { recursive: true, force: true });
  for (const strategy of STRATEGIES) {
    const recording = syntheticRecording(tier, strategy, duration_s);
    await writeRecording(outDir, recording);
    Object.assign(files, await recordingHashes(outDir, strategy));
    const path = timelinePath(strategy);
    const text = `${JSON.stringify(timelineOf(recording))}\n`;
    await writeDurably(join(outDir, path), text);
    files[path] = sha256(text);
  }
  await writeDurably(join(outDir, 'summary.json'), JSON.stringify(summaryOf(name, duration_s)));
  await writeDurably(join(outDir, 'manifest.json'), JSON.stringify(manifestOf(name, files)));
}

const [tier = '', outDir, seconds = '5400'] = process.argv.slice(2);
if (!Object.hasOwn(TIERS, tier) || outDir === undefined) {
  process.stderr.write('usage: write-synthetic.ts S|M|L FOLDER [SECONDS]\n');
  process.exitCode = 2;
} else {
  await write(tier as Tier, outDir, Number(seconds));
}
