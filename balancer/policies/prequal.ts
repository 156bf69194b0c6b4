import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { duration, probability } from '../options.ts';
import { definePolicy, type PickRequest, type Policy, type PolicyPorts } from '../policy.ts';
import { SlotOwners } from '../pools/slot-owners.ts';
import type { LoadReport, Outcome } from '../ports.ts';
import { reuseBudget } from '../prequal/hot-cold.ts';
import { LatencyByLoad } from '../prequal/latency-by-load.ts';
import { LoadQuantile } from '../prequal/load-quantile.ts';
import { ProbePool } from '../prequal/probe-pool.ts';
import { SyncProbes } from '../prequal/sync-probes.ts';

interface PrequalSettings {
  readonly isSync: boolean;
  readonly poolSize: number;
  readonly probesPerPick: number;
  readonly removalsPerPick: number;
  readonly hotQuantile: number;
  readonly delta: number;
  readonly maxAgeNs: number;
  readonly failureLatencyNs: number;
  readonly latencyDecayNs: number;
}

/** Below so many answers a backend is drawn at random. */
const FEWEST_ANSWERS = 2;

class Prequal implements Policy {
  readonly #settings: PrequalSettings;
  readonly #ports: PolicyPorts;
  readonly #answers: ProbePool;
  readonly #loads = new LoadQuantile();
  readonly #latency: LatencyByLoad;
  readonly #owners = new SlotOwners({ keepsAbsent: true });
  readonly #answer = {
    backend: NO_BACKEND,
    requestsInFlight: 0,
    latencyNs: 0,
    receivedNs: 0,
    uses: 1,
  };
  readonly #sync: SyncProbes | undefined;
  #pool: BackendPool | undefined;
  #budget = 1;
  /** Parts of a probe and of a removal that earlier picks left over. */
  #probesDue = 0;
  #removalsDue = 0;
  #removesWorst = false;
  #shuffled = new Int32Array(0);

  constructor(settings: PrequalSettings, ports: PolicyPorts) {
    this.#settings = settings;
    this.#ports = ports;
    this.#answers = new ProbePool(settings.poolSize);
    this.#latency = new LatencyByLoad(settings.latencyDecayNs);
    const probeCount = Math.max(2, Math.ceil(settings.probesPerPick));
    this.#sync = settings.isSync ? new SyncProbes(probeCount) : undefined;
  }

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    this.#latency.reserve(pool.slotCount);
    this.#shuffled = Int32Array.from({ length: pool.eligibleCount }, (_, i) => pool.eligibleAt(i));
    this.#owners.update(pool, {
      joined: (backend) => {
        this.#latency.reset(backend);
        this.#answers.dropBackend(backend);
      },
    });
    this.#answers.filter((backend) => pool.isEligible(backend));
    this.#budget = reuseBudget({ ...this.#settings, backendCount: pool.eligibleCount });
  }

  pick({ nowNs }: PickRequest): BackendIndex {
    const count = this.#shuffled.length;
    if (count === 0) return NO_BACKEND;
    if (this.#sync !== undefined) return this.#pickSync(this.#sync, nowNs);
    const answers = this.#answers;
    answers.dropOlderThan(nowNs - this.#settings.maxAgeNs);
    const theta = this.#loads.quantile(this.#settings.hotQuantile);
    const isRandom = answers.count < FEWEST_ANSWERS;
    const picked = isRandom
      ? (this.#shuffled[Math.floor(this.#ports.random() * count)]! as BackendIndex)
      : answers.use(theta);
    this.#removeSome(theta);
    this.#probeSome(nowNs);
    return picked;
  }

  /** As if all probes but the last were answered at once, by what this balancer knows itself. */
  #pickSync(sync: SyncProbes, nowNs: number): BackendIndex {
    const sentCount = sync.begin(this.#shuffled, this.#ports.random);
    for (let i = 0; i < sentCount && (i === 0 || !sync.isReady); i++) {
      const backend = sync.probed(i);
      const requestsInFlight = this.#pool!.inFlight(backend);
      this.#loads.add(requestsInFlight);
      const latencyNs = this.#latency.estimateNs(backend, requestsInFlight, nowNs);
      sync.answer(backend, requestsInFlight, latencyNs);
    }
    return sync.choose(this.#loads.quantile(this.#settings.hotQuantile));
  }

  onFinish(backend: BackendIndex, outcome: Outcome, latencyNs: number, nowNs: number): void {
    if (!this.#owners.has(backend)) return;
    const leastNs = outcome === 'success' ? 0 : this.#settings.failureLatencyNs;
    const countedNs = Math.max(latencyNs, leastNs);
    this.#latency.add(backend, this.#pool!.inFlight(backend), countedNs, nowNs);
  }

  onReport(backend: BackendIndex, report: LoadReport, nowNs: number): void {
    const { requestsInFlight, latencyNs } = report;
    if (requestsInFlight === undefined || latencyNs === undefined) return;
    if (this.#pool?.isEligible(backend) !== true) return;
    this.#keep(backend, requestsInFlight, latencyNs, nowNs);
  }

  #removeSome(theta: number): void {
    this.#removalsDue += this.#settings.removalsPerPick;
    for (; this.#removalsDue >= 1; this.#removalsDue--) {
      if (this.#removesWorst) this.#answers.dropWorst(theta);
      else if (this.#answers.count > 0) this.#answers.dropRow(0);
      this.#removesWorst = !this.#removesWorst;
    }
  }

  /** Different backends, drawn by a partial shuffle. */
  #probeSome(nowNs: number): void {
    const shuffled = this.#shuffled;
    this.#probesDue += this.#settings.probesPerPick;
    const count = Math.min(Math.floor(this.#probesDue), shuffled.length);
    this.#probesDue -= Math.floor(this.#probesDue);
    for (let i = 0; i < count; i++) {
      const at = i + Math.floor(this.#ports.random() * (shuffled.length - i));
      const backend = shuffled[at]! as BackendIndex;
      shuffled[at] = shuffled[i]!;
      shuffled[i] = backend;
      if (this.#ports.loadProber !== undefined) this.#ports.loadProber.probe(backend);
      else this.#answerMyself(backend, nowNs);
    }
  }

  #answerMyself(backend: BackendIndex, nowNs: number): void {
    const requestsInFlight = this.#pool!.inFlight(backend);
    const latencyNs = this.#latency.estimateNs(backend, requestsInFlight, nowNs);
    this.#keep(backend, requestsInFlight, latencyNs, nowNs);
  }

  /** The budget is rounded at random, so that its mean is right. */
  #keep(backend: BackendIndex, requestsInFlight: number, latencyNs: number, nowNs: number): void {
    this.#loads.add(requestsInFlight);
    const answer = this.#answer;
    answer.backend = backend;
    answer.requestsInFlight = requestsInFlight;
    answer.latencyNs = latencyNs;
    answer.receivedNs = nowNs;
    const whole = Math.floor(this.#budget);
    const rest = this.#budget - whole;
    answer.uses = Number.isFinite(this.#budget) ? whole : Infinity;
    if (rest > 0 && this.#ports.random() < rest) answer.uses++;
    this.#answers.add(answer);
  }
}

/** Options of the policy, and of `SyncPrequal`. */
export const prequalOptions = z.strictObject({
  mode: z.enum(['async', 'sync']).default('async').describe('probe ahead, or for each pick'),
  pool_size: z.int().min(2).max(1024).default(16).describe('answers that are kept'),
  probes: z.number().min(0).max(64).default(3).describe('probes a pick; may be fractional'),
  removals: z.number().min(0).max(64).default(1).describe('answers removed a pick'),
  hot_quantile: probability().default(0.8409).describe('of loads, above which is hot; 2^-0.25'),
  delta: z.number().min(0).default(1).describe('how much faster answers come than they are used'),
  probe_timeout: duration().prefault('3ms').describe('of `mode: sync`, where answers are awaited'),
  max_age: duration().prefault('1s').describe('of an answer'),
  failure_latency: duration().prefault('1s').describe('least that a failure counts as'),
  latency_decay: duration()
    .prefault('10s')
    .describe('in which the latency of a backend without answers falls to a third'),
});

/**
 * Prequal (Wydrowski et al., NSDI 2024), asynchronous: each pick asks a few random backends for
 * their requests in flight and their latency, and uses what earlier probes brought: of those that
 * are not hot, the fastest, else the least loaded. Answers are used a few times, grow old, and the
 * oldest and the worst are thrown away in turn. Weights are ignored.
 *
 * Without a `loadProber` among its ports a backend's answer is what this balancer knows itself:
 * its own requests in flight there and the median latency of those that ended at about that load,
 * which ages (`LatencyByLoad`), so that nobody is avoided for ever for what it was long ago.
 * A failure counts as `failure_latency` at least, for else a backend that fails fast attracts
 * everything (the paper's "sinkholing"). Defaults are the paper's, taken from reproductions of it
 * (Google published no program), but `failure_latency` and `latency_decay`, which are ours. With
 * `mode: sync` every pick probes `probes` backends and waits for all answers but one: here those of
 * this balancer itself, at once; who can wait for real answers uses `SyncPrequal`, as scenarios do.
 */
export const prequal = definePolicy({
  name: 'prequal',
  summary: 'Probes a few backends ahead; the fastest that is not hot, else the least loaded.',
  options: prequalOptions,
  create: (options, ports) =>
    new Prequal(
      {
        isSync: options.mode === 'sync',
        poolSize: options.pool_size,
        probesPerPick: options.probes,
        removalsPerPick: options.removals,
        hotQuantile: options.hot_quantile,
        delta: options.delta,
        maxAgeNs: options.max_age,
        failureLatencyNs: options.failure_latency,
        latencyDecayNs: options.latency_decay,
      },
      ports,
    ),
});
