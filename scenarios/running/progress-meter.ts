import { isPrecise, tInterval } from '../statistics/index.ts';
import { valuesOf } from '../report/estimate.ts';
import type { RunOptions, RunProgress, RunRequest, StrategyProgress } from './run-request.ts';
import type { Schedule } from './schedule.ts';

/** Counts what is done and tells the terminal after each replication. */
export class ProgressMeter {
  readonly #request: RunRequest;
  readonly #options: RunOptions;
  readonly #schedule: Schedule;
  #startedMs = 0;
  #eventCount = 0;
  #phase: RunProgress['phase'] = 'warm-up';
  #pilots: { done: number; of: number } | null = null;
  #measuringSinceMs = 0;
  #measured = 0;

  constructor(request: RunRequest, options: RunOptions, schedule: Schedule) {
    this.#request = request;
    this.#options = options;
    this.#schedule = schedule;
  }

  get isMeasuring(): boolean {
    return this.#phase === 'measuring';
  }

  begin(): void {
    this.#startedMs = Date.now();
  }

  beginPilots(done: number, of: number): void {
    this.#pilots = { done, of };
    this.#tell();
  }

  beginMeasuring(): void {
    this.#phase = 'measuring';
    this.#pilots = null;
    this.#measuringSinceMs = Date.now();
    this.#tell();
  }

  finished(kind: 'pilot' | 'measured', eventCount: number): void {
    this.#eventCount += eventCount;
    if (kind === 'pilot' && this.#pilots !== null) this.#pilots.done++;
    if (kind === 'measured') this.#measured++;
    this.#tell();
  }

  #tell(): void {
    const { onProgress, workers } = this.#options;
    if (onProgress === undefined) return;
    const elapsedMs = Date.now() - this.#startedMs;
    const strategies = this.#request.plans.map(({ name }, plan) => this.#strategy(name, plan));
    onProgress({
      phase: this.#phase,
      elapsedMs,
      remainingMs: this.#remainingMs(strategies),
      eventsPerSecond: elapsedMs === 0 ? 0 : (this.#eventCount * 1000) / elapsedMs,
      workers,
      pilots: this.#pilots === null ? null : { ...this.#pilots },
      strategies,
    });
  }

  #strategy(name: string, plan: number): StrategyProgress {
    const { precision, replications } = this.#request;
    const metric = precision?.metric ?? 'latency_p95_s';
    const results = this.#schedule.results(plan);
    const values = valuesOf(
      metric,
      results.map(({ metrics }) => metrics),
    );
    const interval = tInterval(values);
    return {
      name,
      done: results.length,
      least: precision === null ? replications.most : replications.least,
      most: replications.most,
      metric,
      mean: interval?.mean ?? null,
      halfWidth: interval === null || interval.high === null ? null : interval.high - interval.mean,
      isPrecise:
        precision === null ? null : isPrecise(values, precision.relative, precision.confidence),
    };
  }

  /** At the pace of the measured replications so far, up to `least` (or `most`, once beyond). */
  #remainingMs(strategies: readonly StrategyProgress[]): number | null {
    if (this.#measured === 0) return null;
    const goal = this.#schedule.enough;
    const open = strategies.reduce((sum, { done, least, most }) => {
      const target = goal ?? (done < least ? least : most);
      return sum + Math.max(0, target - done);
    }, 0);
    return ((Date.now() - this.#measuringSinceMs) / this.#measured) * open;
  }
}
