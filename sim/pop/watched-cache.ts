import { Found, type ObjectCache } from './object-cache.ts';

/** A cache that counts its look-ups, for servers that tell of their hit ratio. */
export class WatchedCache implements ObjectCache {
  private readonly cache: ObjectCache;
  #lookUpCount = 0;
  #hitCount = 0;

  constructor(cache: ObjectCache) {
    this.cache = cache;
  }

  get bytes(): number {
    return this.cache.bytes;
  }

  get objectCount(): number {
    return this.cache.objectCount;
  }

  lookUp(object: number, nowNs: number): Found {
    const found = this.cache.lookUp(object, nowNs);
    this.#lookUpCount++;
    if (found === Found.Fresh) this.#hitCount++;
    return found;
  }

  /** Fresh hits ÷ look-ups since the last call; undefined without look-ups. */
  takeHitRatio(): number | undefined {
    const ratio = this.#lookUpCount === 0 ? undefined : this.#hitCount / this.#lookUpCount;
    this.#lookUpCount = 0;
    this.#hitCount = 0;
    return ratio;
  }

  expiresNs(object: number): number {
    return this.cache.expiresNs(object);
  }

  store(object: number, sizeBytes: number, expiresNs: number): void {
    this.cache.store(object, sizeBytes, expiresNs);
  }

  remove(object: number): void {
    this.cache.remove(object);
  }

  clear(): void {
    this.cache.clear();
  }
}
