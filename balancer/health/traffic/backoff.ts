import type { RandomSource } from '../../ports.ts';

/** ns that a backend stays dead which has died `deathsBefore` times since it was last alive. */
export type Backoff = (deathsBefore: number, random: RandomSource) => number;

export interface BackoffSettings {
  readonly leastNs: number;
  readonly mostNs: number;
  /** Up to so much of a delay is added at random. */
  readonly jitterRatio: number;
}

/**
 * Linkerd's (`ExponentialBackoff` of linkerd2-proxy): the least, twice that, four times … with the
 * jitter, and up to the most, jitter and all.
 */
export function doublingBackoff({ leastNs, mostNs, jitterRatio }: BackoffSettings): Backoff {
  return (deathsBefore, random) => {
    // Past 60 doublings the most has long been reached.
    const delayNs = leastNs * 2 ** Math.min(deathsBefore, 60);
    if (delayNs >= mostNs || jitterRatio === 0) return Math.min(delayNs, mostNs);
    return Math.min(mostNs, Math.round(delayNs * (1 + jitterRatio * random())));
  };
}

/**
 * Finagle's (`Backoff.equalJittered`, whose jitter is 1): the least, exactly, and only then the
 * least, twice that, four times … with the jitter.
 */
export function equalJitterBackoff(settings: BackoffSettings): Backoff {
  const later = doublingBackoff(settings);
  return (deathsBefore, random) => {
    if (deathsBefore === 0) return Math.min(settings.leastNs, settings.mostNs);
    return later(deathsBefore - 1, random);
  };
}
