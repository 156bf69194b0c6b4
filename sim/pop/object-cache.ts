import type { z } from 'zod';

/** What a look-up found. */
export const Found = { Nothing: 0, Fresh: 1, Stale: 2 } as const;
export type Found = (typeof Found)[keyof typeof Found];

/** A cache of whole objects, by dense object id. Sizes in bytes, times in ns. */
export interface ObjectCache {
  readonly bytes: number;
  readonly objectCount: number;
  /** Counts as a use of the object where the eviction policy cares. */
  lookUp(object: number, nowNs: number): Found;
  /** When the copy stops being fresh; −Infinity without a copy. */
  expiresNs(object: number): number;
  /** Inserts or refreshes; an object larger than the cache is not kept. */
  store(object: number, sizeBytes: number, expiresNs: number): void;
  remove(object: number): void;
  clear(): void;
}

export interface CacheCapacity {
  /** Infinity where the other bounds it. */
  readonly bytes: number;
  readonly objects: number;
}

/** One eviction policy of the catalogue; see `eviction/index.ts`. */
export interface EvictionDefinition {
  readonly name: string;
  readonly summary: string;
  readonly options: z.ZodType;
  create(options: unknown, capacity: CacheCapacity): ObjectCache;
}
