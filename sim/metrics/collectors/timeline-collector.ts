import { CacheResult, Outcome, type RequestIndex, type Requests } from '../../requests.ts';
import type { Timeline } from '../../run-result.ts';
import type { TimeSpec } from '../../world.ts';
import type { EntityNames } from '../entity-names.ts';
import { HistogramRows } from '../histogram-rows.ts';
import type { LoadColumns } from '../load-timeline.ts';
import type { Observer } from '../observer.ts';

/**
 * Sixteen parts an octave, a quantile within 6 %: a chart shows no more, and buckets may be many.
 */
const COARSE_BITS = 4;

const NOT_READ: LoadColumns = { utilisationP95: [], utilisationMax: [], inFlight: [] };

/** The story in equal buckets of time, by arrival; the last one may be cut short by the end. */
export class TimelineCollector implements Observer {
  private readonly requests: Requests;
  private readonly clockZeroNs: number;
  private readonly bucketNs: number;
  private readonly durationNs: number;
  private readonly bucketCount: number;
  private readonly popNames: readonly string[];
  private readonly requestCount: Float64Array;
  private readonly completedCount: Float64Array;
  private readonly errorCount: Float64Array;
  private readonly timeoutCount: Float64Array;
  private readonly unreachableCount: Float64Array;
  private readonly lookUpCount: Float64Array;
  private readonly hitCount: Float64Array;
  private readonly latencyNsSum: Float64Array;
  private readonly latencyNsMin: Float64Array;
  private readonly latencyNsMax: Float64Array;
  private readonly latency: HistogramRows;
  /** Row p, column b: requests of bucket b that POP p served last. */
  private readonly popRequestCount: Float64Array;

  constructor(
    requests: Requests,
    names: EntityNames,
    time: TimeSpec,
    bucketNs: number,
    clockZeroNs: number,
  ) {
    this.requests = requests;
    this.clockZeroNs = clockZeroNs;
    this.bucketNs = bucketNs;
    this.durationNs = time.durationNs;
    this.bucketCount = Math.ceil(time.durationNs / bucketNs);
    this.popNames = names.pops;
    this.requestCount = new Float64Array(this.bucketCount);
    this.completedCount = new Float64Array(this.bucketCount);
    this.errorCount = new Float64Array(this.bucketCount);
    this.timeoutCount = new Float64Array(this.bucketCount);
    this.unreachableCount = new Float64Array(this.bucketCount);
    this.lookUpCount = new Float64Array(this.bucketCount);
    this.hitCount = new Float64Array(this.bucketCount);
    this.latencyNsSum = new Float64Array(this.bucketCount);
    this.latencyNsMin = new Float64Array(this.bucketCount).fill(Infinity);
    this.latencyNsMax = new Float64Array(this.bucketCount);
    this.latency = new HistogramRows(this.bucketCount, COARSE_BITS);
    this.popRequestCount = new Float64Array(names.pops.length * this.bucketCount);
  }

  requestEnded(request: RequestIndex, outcome: Outcome, endNs: number): void {
    const arrivedNs = this.requests.arrivedNs[request]!;
    const storyNs = arrivedNs - this.clockZeroNs;
    if (storyNs < 0 || storyNs >= this.durationNs) return;
    const bucket = Math.floor(storyNs / this.bucketNs);
    this.requestCount[bucket]!++;
    const pop = this.requests.pop[request]!;
    if (pop >= 0) this.popRequestCount[pop * this.bucketCount + bucket]!++;
    const result = this.requests.cacheResult[request]!;
    if (result !== CacheResult.None && result !== CacheResult.Pass) {
      this.lookUpCount[bucket]!++;
      if (result !== CacheResult.Miss) this.hitCount[bucket]!++;
    }
    if (outcome !== Outcome.Completed) {
      this.#failuresOf(outcome)[bucket]!++;
      return;
    }
    const latencyNs = endNs - arrivedNs;
    this.completedCount[bucket]!++;
    this.latencyNsSum[bucket]! += latencyNs;
    if (latencyNs < this.latencyNsMin[bucket]!) this.latencyNsMin[bucket] = latencyNs;
    if (latencyNs > this.latencyNsMax[bucket]!) this.latencyNsMax[bucket] = latencyNs;
    this.latency.count(bucket, this.latency.bucketOf(latencyNs));
  }

  /** `loads`: what was read off gauges meanwhile. */
  timeline(loads: LoadColumns = NOT_READ): Timeline {
    const failed = this.requestCount.map(
      (requestCount, bucket) => requestCount - this.completedCount[bucket]!,
    );
    const popRequests: Record<string, readonly number[]> = {};
    this.popNames.forEach((name, pop) => {
      const first = pop * this.bucketCount;
      popRequests[name] = [...this.popRequestCount.subarray(first, first + this.bucketCount)];
    });
    return {
      startNs: 0,
      bucketNs: this.bucketNs,
      requests: [...this.requestCount],
      completed: [...this.completedCount],
      failed: [...failed],
      errors: [...this.errorCount],
      timeouts: [...this.timeoutCount],
      unreachable: [...this.unreachableCount],
      lookUps: [...this.lookUpCount],
      hits: [...this.hitCount],
      latencySum_s: Array.from(this.latencyNsSum, (sumNs) => sumNs / 1e9),
      latencyP50_s: this.#quantiles(0.5),
      latencyP95_s: this.#quantiles(0.95),
      latencyP99_s: this.#quantiles(0.99),
      ...loads,
      popRequests,
    };
  }

  #failuresOf(outcome: Outcome): Float64Array {
    if (outcome === Outcome.Timeout) return this.timeoutCount;
    return outcome === Outcome.Unreachable ? this.unreachableCount : this.errorCount;
  }

  #quantiles(q: number): readonly (number | null)[] {
    return Array.from(this.latencyNsSum, (_sumNs, bucket) => {
      const [min, max] = [this.latencyNsMin[bucket], this.latencyNsMax[bucket]];
      const valueNs = this.latency.gather([bucket]).quantile(q, min, max);
      return valueNs === null ? null : valueNs / 1e9;
    });
  }
}
