/** Least recently used, as a Map: insertion order is order of use, oldest first. */
export class LruByMap {
  readonly #copies = new Map<number, { readonly sizeBytes: number; readonly expiresNs: number }>();
  readonly #capacityBytes: number;
  readonly #capacityObjects: number;

  constructor(capacityBytes: number, capacityObjects: number) {
    this.#capacityBytes = capacityBytes;
    this.#capacityObjects = capacityObjects;
  }

  lookUp(object: number, nowNs: number): 'fresh' | 'stale' | 'nothing' {
    const copy = this.#copies.get(object);
    if (copy === undefined) return 'nothing';
    this.#copies.delete(object);
    this.#copies.set(object, copy);
    return nowNs < copy.expiresNs ? 'fresh' : 'stale';
  }

  expiresNs(object: number): number {
    return this.#copies.get(object)?.expiresNs ?? -Infinity;
  }

  store(object: number, sizeBytes: number, expiresNs: number): void {
    this.#copies.delete(object);
    if (sizeBytes > this.#capacityBytes || this.#capacityObjects < 1) return;
    while (
      this.#copies.size >= this.#capacityObjects ||
      this.#bytes() + sizeBytes > this.#capacityBytes
    ) {
      const oldest = this.#copies.keys().next();
      if (oldest.done === true) break;
      this.#copies.delete(oldest.value);
    }
    this.#copies.set(object, { sizeBytes, expiresNs });
  }

  clear(): void {
    this.#copies.clear();
  }

  #bytes(): number {
    let bytes = 0;
    for (const copy of this.#copies.values()) bytes += copy.sizeBytes;
    return bytes;
  }
}
