import type { DistributionSpec } from '../world.ts';
import type { Sampler } from './distributions.ts';
import { exp } from './exp.ts';
import { log } from './log.ts';
import type { Stream } from './random.ts';

/** One of two exponentials: of `mean1` with the given probability, else of `mean2`. */
export class HyperexponentialSampler implements Sampler {
  readonly mean: number;
  private readonly p1: number;
  private readonly p2: number;
  private readonly mean1: number;
  private readonly mean2: number;

  constructor(spec: Extract<DistributionSpec, { law: 'hyperexponential' }>) {
    this.p1 = spec.probability;
    this.p2 = 1 - spec.probability;
    this.mean1 = spec.mean1;
    this.mean2 = spec.mean2;
    this.mean = this.p1 * spec.mean1 + this.p2 * spec.mean2;
  }

  sample(stream: Stream): number {
    return this.quantile(stream.uniform());
  }

  fill(stream: Stream, into: Float64Array): void {
    for (let i = 0; i < into.length; i++) into[i] = this.sample(stream);
  }

  /**
   * Newton's method on ln P(X > x), which is convex and falls: from below it rises to the root and
   * never passes it. Relative error about 1e-13.
   */
  quantile(u: number): number {
    const target = log(1 - u);
    // each branch alone is a lower bound of the survival function, so its root is one of ours
    const from1 = (log(this.p1) - target) * this.mean1;
    const from2 = (log(this.p2) - target) * this.mean2;
    let x = Math.max(0, from1, from2);
    for (let step = 0; step < 100; step++) {
      const branch1 = this.p1 * exp(-x / this.mean1);
      const branch2 = this.p2 * exp(-x / this.mean2);
      const survival = branch1 + branch2;
      const slope = (branch1 / this.mean1 + branch2 / this.mean2) / survival;
      const rise = (log(survival) - target) / slope;
      x += rise;
      if (rise <= 1e-14 * x) break;
    }
    return x;
  }
}
