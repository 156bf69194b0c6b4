import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { power } from '../numbers/power.ts';
import { definePolicy, type Policy } from '../policy.ts';
import type { RandomSource } from '../ports.ts';
import { EdfScheduler } from '../turns/edf-scheduler.ts';

/**
 * What Envoy's round robin and least request have in common: EDF while weights differ, and
 * something cheaper while they are equal. A change of membership builds the schedule anew; a change
 * of weight alone takes effect as each backend comes up.
 */
abstract class EnvoyWeighted implements Policy {
  protected pool: BackendPool | undefined;
  readonly #edf = new EdfScheduler();
  #isScheduled = false;
  #backends = new Int32Array(0);
  readonly #earlyPicks: number;
  readonly #schedulesEqual: boolean;
  readonly #weightOf = (backend: BackendIndex) => this.weightNow(backend);

  constructor(earlyPicks: number, schedulesEqual: boolean) {
    this.#earlyPicks = earlyPicks;
    this.#schedulesEqual = schedulesEqual;
  }

  rebuild(pool: BackendPool): void {
    this.pool = pool;
    const backends = Int32Array.from({ length: pool.eligibleCount }, (_, i) => pool.eligibleAt(i));
    const isSame =
      backends.length === this.#backends.length &&
      backends.every((b, i) => b === this.#backends[i]);
    this.#backends = backends;
    if (isSame && this.#isScheduled) return;
    const first = backends.length === 0 ? 0 : pool.weight(pool.eligibleAt(0));
    const isEqual = backends.every((b) => pool.weight(b as BackendIndex) === first);
    this.#isScheduled = this.#schedulesEqual || !isEqual;
    if (this.#isScheduled) this.#edf.rebuild(backends, this.#weightOf, this.#earlyPicks);
  }

  pick(): BackendIndex {
    if (this.#isScheduled) return this.#edf.pick(this.#weightOf);
    return this.pool!.eligibleCount === 0 ? NO_BACKEND : this.pickUnweighted();
  }

  protected abstract weightNow(backend: BackendIndex): number;

  /** With equal weights, and at least one backend. */
  protected abstract pickUnweighted(): BackendIndex;
}

class EnvoyRoundRobin extends EnvoyWeighted {
  #next: number;

  constructor(earlyPicks: number) {
    super(earlyPicks, false);
    this.#next = earlyPicks;
  }

  protected weightNow(backend: BackendIndex): number {
    return this.pool!.weight(backend);
  }

  protected pickUnweighted(): BackendIndex {
    return this.pool!.eligibleAt(this.#next++ % this.pool!.eligibleCount);
  }
}

interface LeastRequestSettings {
  readonly choices: number;
  readonly bias: number;
  /** The bias was written down: then EDF is used with equal weights as well. */
  readonly isBiasExplicit: boolean;
  readonly fullScan: boolean;
}

class EnvoyLeastRequest extends EnvoyWeighted {
  readonly #settings: LeastRequestSettings;
  readonly #random: RandomSource;

  constructor(settings: LeastRequestSettings, earlyPicks: number, random: RandomSource) {
    super(earlyPicks, settings.isBiasExplicit);
    this.#settings = settings;
    this.#random = random;
  }

  protected weightNow(backend: BackendIndex): number {
    const { bias } = this.#settings;
    const weight = this.pool!.weight(backend);
    return bias === 0 ? weight : weight / power(this.pool!.inFlight(backend) + 1, bias);
  }

  protected pickUnweighted(): BackendIndex {
    return this.#settings.fullScan ? this.#scan() : this.#choose();
  }

  /** Draws with replacement; the first drawn on a tie. */
  #choose(): BackendIndex {
    const pool = this.pool!;
    let best = this.#draw();
    for (let choice = 1; choice < this.#settings.choices; choice++) {
      const other = this.#draw();
      if (pool.inFlight(other) < pool.inFlight(best)) best = other;
    }
    return best;
  }

  /** Each of the least loaded with equal probability. */
  #scan(): BackendIndex {
    const pool = this.pool!;
    let best = pool.eligibleAt(0);
    let tiedCount = 1;
    for (let i = 1; i < pool.eligibleCount; i++) {
      const other = pool.eligibleAt(i);
      const difference = pool.inFlight(other) - pool.inFlight(best);
      if (difference > 0) continue;
      tiedCount = difference < 0 ? 1 : tiedCount + 1;
      if (difference < 0 || this.#random() * tiedCount < 1) best = other;
    }
    return best;
  }

  #draw(): BackendIndex {
    return this.pool!.eligibleAt(Math.floor(this.#random() * this.pool!.eligibleCount));
  }
}

const spreadStart = () =>
  z.boolean().default(true).describe('start at a random point of the turn, not at the heaviest');

/** A 32-bit number of picks to begin after, or none. */
function drawEarlyPicks(isSpread: boolean, random: RandomSource): number {
  return isSpread ? Math.floor(random() * 2 ** 32) : 0;
}

/**
 * Envoy's round robin: earliest deadline first by weight, plain turns while weights are equal. It
 * begins at a random point, as Envoy since its fix of envoy#3271: else all clients that start
 * together send their first request to the heaviest backend. O(log n) a pick.
 */
export const wrrEnvoy = definePolicy({
  name: 'wrr-envoy',
  summary: 'Takes backends in turn by weight, earliest deadline first (Envoy round robin).',
  options: z.strictObject({ spread_start: spreadStart() }),
  create: (options, { random }) =>
    new EnvoyRoundRobin(drawEarlyPicks(options.spread_start, random)),
});

/**
 * Envoy's least request: while weights are equal, the one of `choices` drawn (with replacement)
 * with the fewest requests in flight; else earliest deadline first by weight ÷ (in flight +
 * 1)^bias. Defaults are Envoy's. The bias has its effect when a backend is put back, not when it is
 * picked.
 */
export const leastRequestEnvoy = definePolicy({
  name: 'least-request-envoy',
  summary: 'The less loaded of two drawn, or a turn by weight and load (Envoy least request).',
  options: z.strictObject({
    choices: z.int().min(2).max(1024).default(2).describe('backends to draw for each pick'),
    bias: z.number().min(0).max(100).optional().describe('1; if given, for equal weights as well'),
    full_scan: z.boolean().default(false).describe('look at all backends instead of drawing'),
    spread_start: spreadStart(),
  }),
  create: ({ choices, bias, full_scan: fullScan, spread_start: isSpread }, { random }) =>
    new EnvoyLeastRequest(
      { choices, bias: bias ?? 1, isBiasExplicit: bias !== undefined, fullScan },
      drawEarlyPicks(isSpread, random),
      random,
    ),
});
