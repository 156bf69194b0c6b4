import { z } from 'zod';
import {
  type CacheCapacity,
  type EvictionDefinition,
  Found,
  type ObjectCache,
} from '../object-cache.ts';
import { ObjectIndex } from '../object-index.ts';

const NONE = -1;

/** Slots made at once; a cache bounded by bytes grows from here. */
const FIRST_SLOTS = 1024;

/**
 * A slot is one record of 32 bytes, half a cache line, seen through two views of one buffer, as a
 * look-up touches all of it:
 *
 *     int32: [object, older, newer, –]   float64: [–, –, expiresNs, sizeBytes]
 *             0       1      2                           2          3
 */
const INTS = 8;
const OLDER = 1;
const NEWER = 2;
const DOUBLES = 4;
const EXPIRES = 2;
const SIZE = 3;
const RECORD_BYTES = 32;

/**
 * Least recently used: a doubly linked list through the slots, most recent at the head. Hits and
 * stores move to the head; the tail goes until the new object fits.
 */
export class LruCache implements ObjectCache {
  bytes = 0;
  objectCount = 0;

  private readonly capacityBytes: number;
  private readonly capacityObjects: number;
  private readonly index: ObjectIndex;
  private ints: Int32Array;
  private doubles: Float64Array;
  private slotCount: number;
  #head = NONE;
  #tail = NONE;
  #firstFree = NONE;
  #usedSlots = 0;

  constructor(capacity: CacheCapacity) {
    this.capacityBytes = capacity.bytes;
    this.capacityObjects = capacity.objects;
    const slots = Number.isFinite(capacity.objects) ? Math.max(1, capacity.objects) : FIRST_SLOTS;
    const buffer = new ArrayBuffer(slots * RECORD_BYTES);
    this.index = new ObjectIndex(slots);
    this.ints = new Int32Array(buffer);
    this.doubles = new Float64Array(buffer);
    this.slotCount = slots;
  }

  lookUp(object: number, nowNs: number): Found {
    const slot = this.index.get(object);
    if (slot === NONE) return Found.Nothing;
    if (slot !== this.#head) {
      this.#unlink(slot);
      this.#linkAtHead(slot);
    }
    return nowNs < this.doubles[slot * DOUBLES + EXPIRES]! ? Found.Fresh : Found.Stale;
  }

  expiresNs(object: number): number {
    const slot = this.index.get(object);
    return slot === NONE ? -Infinity : this.doubles[slot * DOUBLES + EXPIRES]!;
  }

  store(object: number, sizeBytes: number, expiresNs: number): void {
    const present = this.index.get(object);
    if (present !== NONE) this.#evict(present);
    if (sizeBytes > this.capacityBytes || this.capacityObjects < 1) return;
    while (this.objectCount >= this.capacityObjects) this.#evict(this.#tail);
    while (this.bytes + sizeBytes > this.capacityBytes) this.#evict(this.#tail);
    const slot = this.#takeSlot();
    this.ints[slot * INTS] = object;
    this.doubles[slot * DOUBLES + EXPIRES] = expiresNs;
    this.doubles[slot * DOUBLES + SIZE] = sizeBytes;
    this.index.insert(object, slot);
    this.#linkAtHead(slot);
    this.bytes += sizeBytes;
    this.objectCount++;
  }

  remove(object: number): void {
    const slot = this.index.get(object);
    if (slot !== NONE) this.#evict(slot);
  }

  clear(): void {
    this.index.clear();
    this.#head = NONE;
    this.#tail = NONE;
    this.#firstFree = NONE;
    this.#usedSlots = 0;
    this.bytes = 0;
    this.objectCount = 0;
  }

  #evict(slot: number): void {
    this.#unlink(slot);
    this.index.delete(this.ints[slot * INTS]!);
    this.bytes -= this.doubles[slot * DOUBLES + SIZE]!;
    this.objectCount--;
    this.ints[slot * INTS + OLDER] = this.#firstFree;
    this.#firstFree = slot;
  }

  #takeSlot(): number {
    const free = this.#firstFree;
    if (free !== NONE) {
      this.#firstFree = this.ints[free * INTS + OLDER]!;
      return free;
    }
    if (this.#usedSlots === this.slotCount) this.#grow();
    return this.#usedSlots++;
  }

  #linkAtHead(slot: number): void {
    const ints = this.ints;
    const head = this.#head;
    ints[slot * INTS + NEWER] = NONE;
    ints[slot * INTS + OLDER] = head;
    if (head === NONE) this.#tail = slot;
    else ints[head * INTS + NEWER] = slot;
    this.#head = slot;
  }

  #unlink(slot: number): void {
    const ints = this.ints;
    const newer = ints[slot * INTS + NEWER]!;
    const older = ints[slot * INTS + OLDER]!;
    if (newer === NONE) this.#head = older;
    else ints[newer * INTS + OLDER] = older;
    if (older === NONE) this.#tail = newer;
    else ints[older * INTS + NEWER] = newer;
  }

  #grow(): void {
    this.slotCount *= 2;
    const buffer = new ArrayBuffer(this.slotCount * RECORD_BYTES);
    const ints = new Int32Array(buffer);
    // Bit for bit: doubles travel as pairs of integers.
    ints.set(this.ints);
    this.ints = ints;
    this.doubles = new Float64Array(buffer);
  }
}

export const lru: EvictionDefinition = {
  name: 'lru',
  summary: 'Evicts the object that was not asked for the longest.',
  options: z.strictObject({}),
  create: (_options, capacity) => new LruCache(capacity),
};
