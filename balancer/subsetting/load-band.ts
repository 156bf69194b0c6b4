import { expOfNegative } from '../numbers/exp.ts';

/** Finagle's `LoadBand`; defaults are its own. */
export interface LoadBandSettings {
  /** Requests in flight a backend of the aperture below which it narrows. */
  readonly lowLoad: number;
  /** … and above which it widens. */
  readonly highLoad: number;
  readonly smoothNs: number;
  readonly minAperture: number;
}

export const LOAD_BAND_DEFAULTS: LoadBandSettings = {
  lowLoad: 0.5,
  highLoad: 2,
  smoothNs: 5e9,
  minAperture: 1,
};

/**
 * How many backends one client should use, so that each has between `lowLoad` and `highLoad` of its
 * requests in flight (Finagle's load-band aperture): the smoothed load is looked at whenever a
 * request begins or ends, and the aperture then changes by one at most. Few clients thus keep few
 * connections, and busy ones spread out.
 */
export class LoadBand {
  readonly #settings: LoadBandSettings;
  #aperture: number;
  #inFlight = 0;
  #smoothed = 0;
  #sampledNs = -Infinity;

  constructor(settings: Partial<LoadBandSettings> = {}) {
    this.#settings = { ...LOAD_BAND_DEFAULTS, ...settings };
    this.#aperture = this.#settings.minAperture;
  }

  get aperture(): number {
    return this.#aperture;
  }

  /** A request began (1) or ended (−1). Returns whether the aperture has changed. */
  change(by: 1 | -1, backendCount: number, nowNs: number): boolean {
    this.#inFlight += by;
    this.#sample(nowNs);
    const { lowLoad, highLoad, minAperture } = this.#settings;
    const load = this.#smoothed / this.#aperture;
    if (load >= highLoad && this.#aperture < backendCount) {
      this.#aperture++;
      return true;
    }
    if (load <= lowLoad && this.#aperture > minAperture) {
      this.#aperture--;
      return true;
    }
    return false;
  }

  /** An average by age: what is older than `smoothNs` has lost all but 1/e. */
  #sample(nowNs: number): void {
    const ageNs = nowNs - this.#sampledNs;
    const kept = expOfNegative(-ageNs / this.#settings.smoothNs);
    this.#smoothed = this.#inFlight * (1 - kept) + this.#smoothed * kept;
    this.#sampledNs = nowNs;
  }
}
