import { exp } from './exp.ts';
import { logGamma } from './gamma.ts';
import { log } from './log.ts';
import type { Sampler } from './distributions.ts';
import { normalQuantile } from './normal.ts';
import type { Stream } from './random.ts';

/** Sum of `stages` exponentials of equal mean. */
export class ErlangSampler implements Sampler {
  readonly mean: number;
  private readonly stages: number;
  private readonly stageMean: number;
  /** ln (stages − 1)! */
  private readonly logFactorial: number;

  constructor(stages: number, mean: number) {
    this.mean = mean;
    this.stages = stages;
    this.stageMean = mean / stages;
    this.logFactorial = logGamma(stages);
  }

  /** By the definition: one uniform a stage. Their product is logged before it can underflow. */
  sample(stream: Stream): number {
    let sum = 0;
    let product = 1;
    for (let stage = 1; stage <= this.stages; stage++) {
      product *= stream.uniform();
      // a uniform is at least 2^-53, so sixteen stay above 2^-848
      if (stage % 16 === 0 || stage === this.stages) {
        sum -= log(product);
        product = 1;
      }
    }
    return sum * this.stageMean;
  }

  fill(stream: Stream, into: Float64Array): void {
    for (let i = 0; i < into.length; i++) into[i] = this.sample(stream);
  }

  /** By Halley's iteration on the distribution function; relative error about 1e-12. */
  quantile(u: number): number {
    const k = this.stages;
    if (k === 1) return -this.stageMean * log(1 - u);
    let x = this.#firstGuess(u);
    for (let step = 0; step < 50; step++) {
      const density = exp((k - 1) * log(x) - x - this.logFactorial);
      const newton = this.#excess(x, u, density) / density;
      const halley = newton / (1 - 0.5 * Math.min(1, newton * ((k - 1) / x - 1)));
      const next = x - halley > 0 ? x - halley : x / 2;
      if (Math.abs(next - x) <= 1e-13 * x) return next * this.stageMean;
      x = next;
    }
    return x * this.stageMean;
  }

  /** Wilson and Hilferty's cube (1931), or the first term of the power series where that fails. */
  #firstGuess(u: number): number {
    const k = this.stages;
    const ninth = 1 / (9 * k);
    const root = 1 - ninth + normalQuantile(u) * Math.sqrt(ninth);
    const cube = k * root * root * root;
    if (root > 0.3) return cube;
    return exp((log(u) + this.logFactorial + log(k)) / k);
  }

  /** P(X ≤ x) − u in stages' units, from whichever tail is computed without cancellation. */
  #excess(x: number, u: number, density: number): number {
    const k = this.stages;
    if (x < k) {
      let term = x / k;
      let sum = 0;
      for (let i = k + 1; term > 1e-17 * sum; i++) {
        sum += term;
        term *= x / i;
      }
      return density * sum - u;
    }
    let term = 1;
    let sum = 0;
    for (let i = k - 1; i >= 0; i--) {
      sum += term;
      term *= i / x;
    }
    return 1 - u - density * sum;
  }
}
