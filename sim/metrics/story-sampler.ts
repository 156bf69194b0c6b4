/**
 * Somebody who reads the tables at instants of the story. Sampling is no event: the run is played
 * in stretches from instant to instant, so neither its order nor its fingerprint changes.
 */
export interface StorySampler {
  /** The next instant wanted, ns; Infinity when none is left. */
  readonly nextNs: number;
  /** Now is `nextNs`; what happens at this very instant is still to come. Moves `nextNs` on. */
  sample(nowNs: number): void;
  /** Gauges are about to be set to zero, and have been. */
  beforeReset(nowNs: number): void;
  afterReset(nowNs: number): void;
}

/** Several as one. */
export class StorySamplers implements StorySampler {
  private readonly samplers: readonly StorySampler[];

  constructor(samplers: readonly StorySampler[]) {
    this.samplers = samplers;
  }

  get nextNs(): number {
    return this.samplers.reduce((least, { nextNs }) => Math.min(least, nextNs), Infinity);
  }

  sample(nowNs: number): void {
    for (const sampler of this.samplers) if (sampler.nextNs <= nowNs) sampler.sample(nowNs);
  }

  beforeReset(nowNs: number): void {
    for (const sampler of this.samplers) sampler.beforeReset(nowNs);
  }

  afterReset(nowNs: number): void {
    for (const sampler of this.samplers) sampler.afterReset(nowNs);
  }
}
