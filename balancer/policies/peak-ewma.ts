import { z } from 'zod';
import { PeakEwma } from '../averages/peak-ewma.ts';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { Choices } from '../draws/choices.ts';
import { aboveZero, duration } from '../options.ts';
import { definePolicy, type PickRequest, type Policy } from '../policy.ts';
import { SlotOwners } from '../pools/slot-owners.ts';
import type { Outcome } from '../ports.ts';

/**
 * Cost of a backend that has answered nothing yet and has a request under way, so that a new one is
 * tried once and then waited for (Finagle's `Long.MaxValue >> 16`); above any latency in ns.
 */
const UNKNOWN_PENALTY = 2 ** 47;

interface PeakEwmaSettings {
  readonly choices: number;
  readonly decayNs: number;
  readonly defaultLatencyNs: number;
  readonly failureLatencyNs: number;
}

class PeakEwmaPolicy implements Policy {
  readonly #choices: Choices;
  readonly #latency: PeakEwma;
  readonly #settings: PeakEwmaSettings;
  readonly #owners = new SlotOwners({ keepsAbsent: true });
  #pool: BackendPool | undefined;

  constructor(settings: PeakEwmaSettings, choices: Choices) {
    this.#settings = settings;
    this.#choices = choices;
    this.#latency = new PeakEwma(settings.decayNs);
  }

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    this.#choices.rebuild(pool);
    this.#latency.reserve(pool.slotCount);
    this.#owners.update(pool, { joined: (backend) => this.#latency.reset(backend) });
  }

  pick({ nowNs }: PickRequest): BackendIndex {
    const choices = this.#choices;
    if (choices.count === 0) return NO_BACKEND;
    let best = choices.draw(0);
    for (let position = 1; position < choices.count; position++) {
      const other = choices.draw(position);
      if (this.#cost(other, nowNs) < this.#cost(best, nowNs)) best = other;
    }
    return best;
  }

  onFinish(backend: BackendIndex, outcome: Outcome, latencyNs: number, nowNs: number): void {
    const leastNs = outcome === 'success' ? 0 : this.#settings.failureLatencyNs;
    this.#latency.addPeak(backend, Math.max(latencyNs, leastNs), nowNs);
  }

  #cost(backend: BackendIndex, nowNs: number): number {
    const inFlight = this.#pool!.inFlight(backend);
    const weight = this.#pool!.weight(backend);
    if (this.#latency.hasSample(backend)) {
      return (this.#latency.read(backend, nowNs) * (inFlight + 1)) / weight;
    }
    const unknown = inFlight > 0 ? UNKNOWN_PENALTY + inFlight : this.#settings.defaultLatencyNs;
    return unknown / weight;
  }
}

/**
 * Peak EWMA (Finagle, Linkerd, Envoy): of a few distinct backends drawn in proportion to weight,
 * the one with the least cost, which is its peak-sensitive average latency × (requests in flight
 * + 1) ÷ weight. Defaults are Linkerd's. The originals count a failure by its latency, so that a
 * backend that fails at once attracts everything (linkerd2#11669, ingress-nginx#9882); here it
 * counts as `failure_latency` at least, and `0s` gives the originals back.
 */
export const peakEwma = definePolicy({
  name: 'peak-ewma',
  summary: 'Of a few backends drawn, takes the one with the least latency times load.',
  options: z.strictObject({
    choices: z.int().min(1).max(1024).default(2).describe('backends to draw for each pick'),
    decay: aboveZero(duration())
      .prefault('10s')
      .describe('age at which a sample has lost all but 1/e'),
    default_latency: duration().prefault('30ms').describe('assumed of a backend never used'),
    failure_latency: duration().prefault('1s').describe('least that a failure counts as'),
  }),
  create: (options, { random }) =>
    new PeakEwmaPolicy(
      {
        choices: options.choices,
        decayNs: options.decay,
        defaultLatencyNs: options.default_latency,
        failureLatencyNs: options.failure_latency,
      },
      new Choices(options.choices, false, random),
    ),
});
