/**
 * How long a reference case runs. One place, one derivation.
 *
 * Relaxation time τ, in arrivals: how fast a queue forgets. M/M/1: ρ/(1−√ρ)² (Morse 1955; its
 * transient decays as e^(−t(1−√ρ)²)). Others: times the mean scv of gaps and services, by the
 * diffusion limit. c servers fed from one queue forget as fast per arrival, but never faster than
 * one service time, c·ρ arrivals.
 *
 * Cut: 20 τ; e^−20 of what the empty start did is left.
 *
 * Window: at least 100 τ for a mean, less where many queues side by side are averaged (but 5 τ); a
 * quantile is compared only where the window has its own number of τ (1,000 for p99, 10,000 for
 * p99.9). And as many arrivals n as the half-width h of the 95 % interval over R = 20 replications
 * asks for: h² = t₁₉² v / (20 n), with v the squared relative standard deviation that one arrival
 * contributes; the full size aims at h/1.5. For M/M/1, v = 2(1+ρ)/(1−ρ)² (Whitt 1989); for other
 * birth-death models see `birth-death.ts`.
 *
 * CI: the same, but for means at most CI_ARRIVALS a replication, at the price of a wider limit:
 * 1.75 × the half-width that n lets expect (s over 20 replications is within ±1/3 of σ 19 times of
 * 20, and v is exact for birth-death models only). Cases whose cut or 100 τ alone is too long run
 * in the full gate only.
 */
export interface Load {
  /** A unit of time, all together. */
  readonly arrivalRate: number;
  readonly relaxationArrivals: number;
  /** Squared relative standard deviation of the leading quantity × arrivals. */
  readonly varianceTimesArrivals: number;
  /** Queues that one run averages over. */
  readonly copies: number;
  /** Half-width that a full run must reach, relative. */
  readonly halfWidth: number;
}

export type GateSize = 'ci' | 'full';

export interface RunLength {
  readonly cutUnits: number;
  readonly windowUnits: number;
  /** τ in the window. */
  readonly relaxations: number;
  /** What the leading quantity's half-width may be, relative. */
  readonly halfWidthMax: number;
}

export const REPLICATIONS = 20;
/** Student's t for 95 % and 19 degrees of freedom. */
export const T_95 = 2.093;

const CUT_RELAXATIONS = 20;
const RELAXATIONS_MIN = 100;
const RELAXATIONS_LEAST = 5;
/** What a replication may cost, in arrivals: 20 of them are half a million, half a second. */
const CI_ARRIVALS = 25_000;
/** To cut, or to reach 100 τ. */
const CI_ARRIVALS_MIN = 150_000;
/** Tails are reached where it costs at most this: p99 of M/M/1 at ρ = 0.8 (72,000) in CI. */
const TAIL_ARRIVALS: Readonly<Record<GateSize, number>> = { ci: 75_000, full: 2_000_000 };
const CI_SLACK = 1.75;
/** A full run aims at two thirds of the half-width allowed, as s varies. */
const FULL_AIM = 1.5;

/**
 * `tails`: the relaxation times that the case's quantiles need. null: too long for this size.
 */
export function runLength(load: Load, size: GateSize, tails: readonly number[]): RunLength | null {
  const tau = load.relaxationArrivals;
  const cut = CUT_RELAXATIONS * tau;
  const atLeast = Math.max(RELAXATIONS_LEAST, RELAXATIONS_MIN / load.copies) * tau;
  if (size === 'ci' && Math.max(cut, atLeast) > CI_ARRIVALS_MIN) return null;
  const forMean = arrivalsFor(load, size === 'ci' ? load.halfWidth : load.halfWidth / FULL_AIM);
  const forTails = tails
    .map((relaxations) => relaxations * tau)
    .filter((arrivals) => arrivals <= TAIL_ARRIVALS[size]);
  const window = Math.max(
    atLeast,
    size === 'ci' ? Math.min(forMean, CI_ARRIVALS) : forMean,
    ...forTails,
  );
  const reached = Math.sqrt((T_95 ** 2 * load.varianceTimesArrivals) / (REPLICATIONS * window));
  return {
    cutUnits: cut / load.arrivalRate,
    windowUnits: window / load.arrivalRate,
    relaxations: window / tau,
    halfWidthMax: size === 'ci' ? Math.max(load.halfWidth, CI_SLACK * reached) : load.halfWidth,
  };
}

function arrivalsFor(load: Load, halfWidth: number): number {
  return (T_95 ** 2 * load.varianceTimesArrivals) / (REPLICATIONS * halfWidth ** 2);
}

/** 1 %, and 2 % near saturation. */
export function halfWidthAt(utilisation: number): number {
  return utilisation >= 0.95 ? 0.02 : 0.01;
}

/** One queue, or `copies` alike side by side, each fed its share of the arrivals. */
export function queueLoad(queue: {
  readonly arrivalRate: number;
  readonly utilisation: number;
  /** Mean of the squared coefficients of variation of gaps and services: 1 for M/M/1. */
  readonly scv?: number;
  readonly copies?: number;
}): Load {
  const { arrivalRate, utilisation: rho, scv = 1, copies = 1 } = queue;
  return {
    arrivalRate,
    relaxationArrivals: copies * Math.max(1, (scv * rho) / (1 - Math.sqrt(rho)) ** 2),
    varianceTimesArrivals: (scv * 2 * (1 + rho)) / (1 - rho) ** 2,
    copies,
    halfWidth: halfWidthAt(rho),
  };
}
