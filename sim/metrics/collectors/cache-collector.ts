import { CacheResult } from '../../requests.ts';
import type { EntityNames } from '../entity-names.ts';
import type { Observer } from '../observer.ts';
import type { StorySegments } from '../story-segments.ts';

/** What one tier of caches did. */
export interface TierCounts {
  /** Fresh, stale or collapsed. */
  hits: number;
  misses: number;
  passes: number;
  /** Delivered by the tier, hit or not. */
  bytes: number;
}

/**
 * Look-ups, tier by tier, where they happened: unlike the figures of requests these count every
 * attempt, and the shield's, which no client asks. Look-ups within the measured window only.
 */
export class CacheCollector implements Observer {
  readonly edgeOfServer: readonly TierCounts[];
  readonly shieldOfPop: readonly TierCounts[];
  /** Shield look-ups per segment of the story. */
  readonly shieldOfSegment: readonly TierCounts[];
  private readonly segments: StorySegments;
  private readonly clockZeroNs: number;

  constructor(names: EntityNames, segments: StorySegments, clockZeroNs: number) {
    this.segments = segments;
    this.clockZeroNs = clockZeroNs;
    this.edgeOfServer = names.servers.map(noCounts);
    this.shieldOfPop = names.pops.map(noCounts);
    this.shieldOfSegment = Array.from({ length: segments.count }, noCounts);
  }

  cacheLookedUp(
    pop: number,
    server: number,
    tier: 'edge' | 'shield',
    result: CacheResult,
    bytes: number,
    atNs: number,
  ): void {
    const storyNs = atNs - this.clockZeroNs;
    const isMeasured = storyNs >= this.segments.cutNs && storyNs < this.segments.durationNs;
    if (tier === 'edge') {
      if (isMeasured && server >= 0) countLookUp(this.edgeOfServer[server]!, result, bytes);
      return;
    }
    const segment = this.segments.at(storyNs);
    if (segment >= 0) countLookUp(this.shieldOfSegment[segment]!, result, bytes);
    if (isMeasured && pop >= 0) countLookUp(this.shieldOfPop[pop]!, result, bytes);
  }
}

/** Adds up tiers, in the order given. */
export function tierTotal(parts: readonly TierCounts[]): TierCounts {
  const total = noCounts();
  for (const part of parts) {
    total.hits += part.hits;
    total.misses += part.misses;
    total.passes += part.passes;
    total.bytes += part.bytes;
  }
  return total;
}

export function noCounts(): TierCounts {
  return { hits: 0, misses: 0, passes: 0, bytes: 0 };
}

export function countLookUp(counts: TierCounts, result: CacheResult, bytes: number): void {
  counts.bytes += bytes;
  if (result === CacheResult.Miss) counts.misses++;
  else if (result === CacheResult.Pass) counts.passes++;
  else if (result !== CacheResult.None) counts.hits++;
}
