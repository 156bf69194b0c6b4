import { z } from 'zod';
import { grown } from '../../columns.ts';
import { type CacheCapacity, type EvictionDefinition, Found, type ObjectCache } from '../object-cache.ts';
import { ObjectIndex } from '../object-index.ts';

const NONE = -1;

/** Slots made at once; a cache bounded by bytes grows from here. */
const FIRST_SLOTS = 1024;

/**
 * Least recently used: a doubly linked list through columns, most recent at the head. Hits and
 * stores move to the head; the tail goes until the new object fits.
 */
export class LruCache implements ObjectCache {
  bytes = 0;
  objectCount = 0;

  readonly #capacityBytes: number;
  readonly #capacityObjects: number;
  readonly #index: ObjectIndex;
  #object: Int32Array;
  #older: Int32Array;
  #newer: Int32Array;
  #expiresNs: Float64Array;
  #sizeBytes: Float64Array;
  #head = NONE;
  #tail = NONE;
  #firstFree = NONE;
  #usedSlots = 0;

  constructor(capacity: CacheCapacity) {
    this.#capacityBytes = capacity.bytes;
    this.#capacityObjects = capacity.objects;
    const slots = Number.isFinite(capacity.objects) ? Math.max(1, capacity.objects) : FIRST_SLOTS;
    this.#index = new ObjectIndex(slots);
    this.#object = new Int32Array(slots);
    this.#older = new Int32Array(slots);
    this.#newer = new Int32Array(slots);
    this.#expiresNs = new Float64Array(slots);
    this.#sizeBytes = new Float64Array(slots);
  }

  lookUp(object: number, nowNs: number): Found {
    const slot = this.#index.get(object);
    if (slot === NONE) return Found.Nothing;
    if (slot !== this.#head) {
      this.#unlink(slot);
      this.#linkAtHead(slot);
    }
    return nowNs < this.#expiresNs[slot]! ? Found.Fresh : Found.Stale;
  }

  expiresNs(object: number): number {
    const slot = this.#index.get(object);
    return slot === NONE ? -Infinity : this.#expiresNs[slot]!;
  }

  store(object: number, sizeBytes: number, expiresNs: number): void {
    const present = this.#index.get(object);
    if (present !== NONE) this.#evict(present);
    if (sizeBytes > this.#capacityBytes || this.#capacityObjects < 1) return;
    while (this.objectCount >= this.#capacityObjects) this.#evict(this.#tail);
    while (this.bytes + sizeBytes > this.#capacityBytes) this.#evict(this.#tail);
    const slot = this.#takeSlot();
    this.#object[slot] = object;
    this.#sizeBytes[slot] = sizeBytes;
    this.#expiresNs[slot] = expiresNs;
    this.#index.insert(object, slot);
    this.#linkAtHead(slot);
    this.bytes += sizeBytes;
    this.objectCount++;
  }

  remove(object: number): void {
    const slot = this.#index.get(object);
    if (slot !== NONE) this.#evict(slot);
  }

  clear(): void {
    this.#index.clear();
    this.#head = NONE;
    this.#tail = NONE;
    this.#firstFree = NONE;
    this.#usedSlots = 0;
    this.bytes = 0;
    this.objectCount = 0;
  }

  #evict(slot: number): void {
    this.#unlink(slot);
    this.#index.delete(this.#object[slot]!);
    this.bytes -= this.#sizeBytes[slot]!;
    this.objectCount--;
    this.#older[slot] = this.#firstFree;
    this.#firstFree = slot;
  }

  #takeSlot(): number {
    const free = this.#firstFree;
    if (free !== NONE) {
      this.#firstFree = this.#older[free]!;
      return free;
    }
    if (this.#usedSlots === this.#object.length) this.#grow();
    return this.#usedSlots++;
  }

  #linkAtHead(slot: number): void {
    const head = this.#head;
    this.#newer[slot] = NONE;
    this.#older[slot] = head;
    if (head === NONE) this.#tail = slot;
    else this.#newer[head] = slot;
    this.#head = slot;
  }

  #unlink(slot: number): void {
    const newer = this.#newer[slot]!;
    const older = this.#older[slot]!;
    if (newer === NONE) this.#head = older;
    else this.#older[newer] = older;
    if (older === NONE) this.#tail = newer;
    else this.#newer[older] = newer;
  }

  #grow(): void {
    const slots = this.#object.length * 2;
    this.#object = grown(this.#object, slots);
    this.#older = grown(this.#older, slots);
    this.#newer = grown(this.#newer, slots);
    this.#expiresNs = grown(this.#expiresNs, slots);
    this.#sizeBytes = grown(this.#sizeBytes, slots);
  }
}

export const lru: EvictionDefinition = {
  name: 'lru',
  summary: 'Evicts the object that was not asked for the longest.',
  options: z.strictObject({}),
  create: (_options, capacity) => new LruCache(capacity),
};
