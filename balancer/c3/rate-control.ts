import { power } from '../numbers/power.ts';
import { cubicRate, type CubicSettings } from './cubic-rate.ts';

export interface RateSettings extends CubicSettings {
  /** Over which rates are counted. */
  readonly intervalNs: number;
  /** An increase adds so much at most, requests an interval. */
  readonly mostStep: number;
  /** Intervals after an increase in which nothing decreases, so that it may show in answers. */
  readonly hysteresis: number;
}

/**
 * As the authors' simulator has them (lalithsuresh/absim, client.py; 20 ms in its experiments). The
 * saddle of a rate of 10 is 79 ms away. Their Cassandra has a hysteresis of 4 and other beginnings.
 */
export const C3_RATES: RateSettings = {
  intervalNs: 20e6,
  beta: 0.2,
  gamma: 4e-6,
  mostStep: 10,
  hysteresis: 2,
};

/** Requests an interval that a backend is given to begin with, and the most tokens it saves. */
const FIRST_RATE = 10;
const LEAST_RATE = 0.01;
/** Weight of the newest interval in the rate of answers. */
const SMOOTHING = 0.1;

/**
 * C3's rate control: for each backend a token bucket, whose rate follows the rate at which answers
 * come back. Sending faster than that means that a queue grows there: the rate falls to β of it.
 * Sending slower: it grows along the cubic curve. Rates are requests an interval; columns by slot.
 */
export class RateControl {
  readonly #settings: RateSettings;
  #rate = new Float64Array(0);
  #tokens = new Float64Array(0);
  #tokensNs = new Float64Array(0);
  #answerRate = new Float64Array(0);
  #answers = new Float64Array(0);
  #intervalNs = new Float64Array(0);
  #decreasedNs = new Float64Array(0);
  #rateBefore = new Float64Array(0);
  #increasedNs = new Float64Array(0);

  constructor(settings: RateSettings = C3_RATES) {
    this.#settings = settings;
  }

  reserve(count: number): void {
    if (count <= this.#rate.length) return;
    const grown = (old: Float64Array, first = 0) => {
      const column = new Float64Array(count).fill(first);
      column.set(old);
      return column;
    };
    this.#rate = grown(this.#rate, FIRST_RATE);
    this.#tokens = grown(this.#tokens, FIRST_RATE);
    this.#tokensNs = grown(this.#tokensNs, -Infinity);
    this.#answerRate = grown(this.#answerRate);
    this.#answers = grown(this.#answers);
    this.#intervalNs = grown(this.#intervalNs, -Infinity);
    this.#decreasedNs = grown(this.#decreasedNs, -Infinity);
    this.#rateBefore = grown(this.#rateBefore, FIRST_RATE);
    this.#increasedNs = grown(this.#increasedNs, -Infinity);
  }

  reset(slot: number): void {
    this.#rate[slot] = FIRST_RATE;
    this.#tokens[slot] = FIRST_RATE;
    this.#answerRate[slot] = 0;
    this.#answers[slot] = 0;
    this.#rateBefore[slot] = FIRST_RATE;
    this.#tokensNs[slot] = -Infinity;
    this.#intervalNs[slot] = -Infinity;
    this.#decreasedNs[slot] = -Infinity;
    this.#increasedNs[slot] = -Infinity;
  }

  /** Requests an interval that may be sent now. */
  rate(slot: number): number {
    return this.#rate[slot]!;
  }

  /** ns until a request may be sent; 0 now. */
  waitNs(slot: number, nowNs: number): number {
    const lacking = 1 - this.#tokensAt(slot, nowNs);
    if (lacking <= 0) return 0;
    return Math.ceil((lacking * this.#settings.intervalNs) / this.#rate[slot]!);
  }

  /** A request was sent, allowed or not: what was not is owed. */
  sent(slot: number, nowNs: number): void {
    this.#tokens[slot] = this.#tokensAt(slot, nowNs) - 1;
    this.#tokensNs[slot] = nowNs;
  }

  /** An answer came. */
  answered(slot: number, nowNs: number): void {
    const { intervalNs, beta, mostStep, hysteresis } = this.#settings;
    this.#countAnswer(slot, nowNs);
    const rate = this.#rate[slot]!;
    const answerRate = this.#answerRate[slot]!;
    if (rate < answerRate) {
      const sinceMs = (nowNs - this.#decreasedNs[slot]!) / 1e6;
      const wanted = cubicRate(sinceMs, this.#rateBefore[slot]!, this.#settings);
      this.#setRate(slot, Math.min(rate + mostStep, wanted), nowNs);
      this.#increasedNs[slot] = nowNs;
    } else if (answerRate > 0 && rate > answerRate) {
      if (nowNs - this.#increasedNs[slot]! <= hysteresis * intervalNs) return;
      this.#rateBefore[slot] = rate;
      this.#setRate(slot, rate * beta, nowNs);
      this.#decreasedNs[slot] = nowNs;
    }
  }

  #setRate(slot: number, rate: number, nowNs: number): void {
    this.#tokens[slot] = this.#tokensAt(slot, nowNs);
    this.#tokensNs[slot] = nowNs;
    this.#rate[slot] = Math.max(LEAST_RATE, rate);
  }

  #tokensAt(slot: number, nowNs: number): number {
    const earned =
      (this.#rate[slot]! * (nowNs - this.#tokensNs[slot]!)) / this.#settings.intervalNs;
    return Math.min(FIRST_RATE, this.#tokens[slot]! + earned);
  }

  /** Intervals that ended since the last answer count first; empty ones as well. */
  #countAnswer(slot: number, nowNs: number): void {
    const { intervalNs } = this.#settings;
    if (this.#intervalNs[slot] === -Infinity) this.#intervalNs[slot] = nowNs;
    const ended = Math.floor((nowNs - this.#intervalNs[slot]!) / intervalNs);
    if (ended > 0) {
      const kept = 1 - SMOOTHING;
      const rate = SMOOTHING * this.#answers[slot]! + kept * this.#answerRate[slot]!;
      this.#answerRate[slot] = rate * power(kept, ended - 1);
      this.#answers[slot] = 0;
      this.#intervalNs[slot] = this.#intervalNs[slot]! + ended * intervalNs;
    }
    this.#answers[slot]!++;
  }
}
