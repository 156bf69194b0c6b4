import { EventKind } from '../kernel/event-kind.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { RandomStreams, Stream } from '../kernel/random.ts';
import { whole } from '../kernel/whole.ts';
import type { ArrivalSpec, DayCurveSpec } from '../world.ts';
import { dayCurveFactor } from './day-curve.ts';
import { dealTrace } from './trace-shares.ts';

/** One source of requests: a region's share of a class, or a laboratory's traffic at a POP. */
export interface ArrivalProcessSpec {
  readonly name: string;
  /** NONE in a laboratory. */
  readonly region: number;
  /** NONE where each request draws its class. */
  readonly classIndex: number;
  /** Where a laboratory's requests arrive; NONE with regions. */
  readonly pop: number;
  /** Of the traffic's total mean rate. */
  readonly share: number;
  readonly utcOffsetHours: number;
}

/** The day curve is looked at anew after this long at the latest: < 0.5 % of a rate until then. */
const RATE_STEP_NS = 60e9;

/**
 * When requests arrive: one pending event a process, never one a request.
 *
 * Rates are piecewise constant (day curve steps, surges). A Poisson gap that would cross a change
 * is drawn anew from there, which is exact because the exponential law has no memory. Constant
 * arrivals carry over the part of the next one that is due already; sources begin evenly
 * staggered, so that they do not all send at the same instants. A trace has no rate: surges of it
 * are refused.
 */
export class Arrivals {
  readonly processes: readonly ArrivalProcessSpec[];
  private readonly kernel: Kernel;
  private readonly spec: ArrivalSpec;
  private readonly curve: DayCurveSpec;
  private readonly gaps: Stream[];
  /** Of each process: share of the total rate, offset from UTC, factor of surges. */
  private readonly shareByProcess: Float64Array;
  private readonly utcOffsetHoursByProcess: Float64Array;
  private readonly surgeFactor: Float64Array;
  /** Total mean rate over the spec's, changed by `set`. */
  #scale = 1;
  private readonly generation: Int32Array;
  /** Constant: since when the rate is what it is, and the rate; trace: unused. */
  private readonly baseNs: Float64Array;
  private readonly rate: Float64Array;
  /** Constant: the part of an arrival, in [0, 1], that was due at `baseNs`. */
  private readonly due: Float64Array;
  /** Constant: arrivals since `baseNs`; trace: arrivals so far. */
  private readonly count: Float64Array;
  /** Trace: each process's arrivals. */
  private readonly traces: readonly (readonly number[])[];

  constructor(
    processes: readonly ArrivalProcessSpec[],
    spec: ArrivalSpec,
    curve: DayCurveSpec,
    kernel: Kernel,
    streams: RandomStreams,
  ) {
    this.processes = processes;
    this.spec = spec;
    this.curve = curve;
    this.kernel = kernel;
    this.gaps = processes.map((process) => streams.stream('arrivals', process.name));
    this.shareByProcess = Float64Array.from(processes, ({ share }) => share);
    this.utcOffsetHoursByProcess = Float64Array.from(
      processes,
      (process) => process.utcOffsetHours,
    );
    this.surgeFactor = new Float64Array(processes.length).fill(1);
    this.generation = new Int32Array(processes.length);
    this.count = new Float64Array(processes.length);
    this.baseNs = new Float64Array(processes.length).fill(kernel.nowNs);
    this.rate = new Float64Array(processes.length);
    this.due = Float64Array.from(processes, (_, index) => 1 - (index + 1) / processes.length);
    this.traces =
      spec.law === 'trace' ? dealTrace(spec.atNs, processes, streams.stream('trace', 0)) : [];
  }

  start(): void {
    for (let process = 0; process < this.processes.length; process++) {
      this.rate[process] = this.ratePerSecond(process);
      this.#scheduleNext(process);
    }
  }

  /** Handles an Arrival event: schedules the next; false if the event is stale. */
  arrive(process: number, generation: number): boolean {
    if (this.generation[process] !== generation) return false;
    this.count[process]!++;
    this.#scheduleNext(process);
    return true;
  }

  /** Handles a RateStepped event: the day curve has moved on. */
  stepRate(process: number, generation: number): void {
    if (this.generation[process] === generation) this.#restart(process);
  }

  /**
   * The next gaps between a Poisson process's arrivals, whole ns, all at once: for worlds in which
   * no rate changes, where nobody calls `start`.
   */
  drawGaps(process: number, gapsNs: Float64Array): void {
    const meanNs = 1e9 / this.ratePerSecond(process);
    this.gaps[process]!.exponentials(meanNs, gapsNs);
    for (let i = 0; i < gapsNs.length; i++) gapsNs[i] = whole(gapsNs[i]!);
  }

  /** From now on the process has this many times its usual rate. */
  setSurgeFactor(process: number, factor: number): void {
    if (this.spec.law === 'trace') throw new Error('traffic by trace has no rate to surge');
    this.surgeFactor[process] = factor;
    this.#restart(process);
  }

  setTotalRate(ratePerSecond: number): void {
    if (this.spec.law === 'trace') throw new Error('traffic by trace has no rate to set');
    this.#scale = ratePerSecond / this.spec.ratePerSecond;
    for (let process = 0; process < this.processes.length; process++) this.#restart(process);
  }

  /** Requests per second of a process at this moment. */
  ratePerSecond(process: number): number {
    if (this.spec.law === 'trace') return NaN;
    const utcOffsetHours = this.utcOffsetHoursByProcess[process]!;
    const factor = dayCurveFactor(this.curve, utcOffsetHours, this.kernel.nowNs);
    const rate = this.spec.ratePerSecond * this.#scale * this.shareByProcess[process]!;
    return rate * factor * this.surgeFactor[process]!;
  }

  #restart(process: number): void {
    const { nowNs } = this.kernel;
    const sinceNs = nowNs - this.baseNs[process]!;
    const sent = this.count[process]!;
    const due = (sinceNs * this.rate[process]!) / 1e9 + this.due[process]! - sent;
    this.due[process] = Math.min(Math.max(due, 0), 1);
    this.baseNs[process] = nowNs;
    this.rate[process] = this.ratePerSecond(process);
    this.count[process] = 0;
    this.generation[process]!++;
    this.#scheduleNext(process);
  }

  #scheduleNext(process: number): void {
    if (this.spec.law === 'poisson') this.#scheduleNextPoisson(process);
    else if (this.spec.law === 'constant') this.#scheduleNextConstant(process);
    else this.#scheduleNextOfTrace(process);
  }

  #scheduleNextPoisson(process: number): void {
    const rate = this.ratePerSecond(process);
    const { nowNs } = this.kernel;
    const gapNs = rate > 0 ? whole(this.gaps[process]!.exponential(1e9 / rate)) : Infinity;
    this.#scheduleArrival(process, nowNs + gapNs);
  }

  /** Arrival k at k ÷ rate, reckoned from the last change of rate: gaps do not drift. */
  #scheduleNextConstant(process: number): void {
    const left = this.count[process]! + 1 - this.due[process]!;
    const rate = this.rate[process]!;
    const afterNs = rate > 0 ? whole((left * 1e9) / rate) : Infinity;
    this.#scheduleArrival(process, this.baseNs[process]! + afterNs);
  }

  /** Unless the rate changes before. */
  #scheduleArrival(process: number, atNs: number): void {
    const generation = this.generation[process]!;
    if (this.curve.kind === 'daily') {
      const { nowNs } = this.kernel;
      const stepNs = (Math.floor(nowNs / RATE_STEP_NS) + 1) * RATE_STEP_NS;
      if (atNs >= stepNs) {
        this.kernel.schedule(stepNs, EventKind.RateStepped, process, generation);
        return;
      }
    }
    if (atNs === Infinity) return;
    this.kernel.schedule(atNs, EventKind.Arrival, process, generation);
  }

  #scheduleNextOfTrace(process: number): void {
    const next = this.traces[process]![this.count[process]!];
    if (next === undefined) return;
    this.kernel.schedule(next, EventKind.Arrival, process, this.generation[process]!);
  }
}
