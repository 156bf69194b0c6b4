import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { definePolicy, type Policy } from '../policy.ts';
import { SlotOwners } from '../pools/slot-owners.ts';
import { effectiveWeight } from '../turns/haproxy-weights.ts';

/** Which of HAProxy's three trees a server waits in. */
const NOWHERE = 0;
const INIT = 1;
const CURRENT = 2;
const NEXT = 3;

/** HAProxy's units: user weights up to 256, effective ones sixteen times as fine. */
const USER_RANGE = 256;
const EFFECTIVE_MOST = 4096;
const WEIGHT_SCALE = 16;

/**
 * Columns by slot. A server's `next` is the position in time at which it is due again, `last` the
 * one of its latest turn, and `rest` the fraction of a position that is carried over.
 */
class Fwrr implements Policy {
  #pool: BackendPool | undefined;
  readonly #owners = new SlotOwners({ keepsAbsent: false });
  #tree = new Uint8Array(0);
  #key = new Float64Array(0);
  #order = new Float64Array(0);
  #weight = new Float64Array(0);
  #next = new Float64Array(0);
  #last = new Float64Array(0);
  #rest = new Float64Array(0);
  #nextOrder = 0;
  /** Total weight of the window that runs and of the one that follows; the present position. */
  #currentTotal = 0;
  #nextTotal = 0;
  #position = 0;

  rebuild(pool: BackendPool): void {
    this.#grow(pool.slotCount);
    const wasEmpty = this.#pool === undefined || this.#nextTotal === 0;
    this.#pool = pool;
    // Whoever is admitted is told by its tree.
    this.#owners.update(pool, { left: (server) => this.#leave(server) });
    if (wasEmpty) this.#begin(pool);
    else for (let i = 0; i < pool.eligibleCount; i++) this.#admit(pool, pool.eligibleAt(i));
  }

  pick(): BackendIndex {
    if (this.#pool!.eligibleCount === 0) return NO_BACKEND;
    let server = this.#takeDue();
    if (server < 0) {
      this.#switchTrees();
      server = this.#takeDue();
    }
    this.#advance(server);
    this.#position++;
    this.#queue(server);
    return server as BackendIndex;
  }

  /** All wait in the init tree, the heaviest first. */
  #begin(pool: BackendPool): void {
    this.#position = 0;
    this.#nextTotal = 0;
    for (let i = 0; i < pool.eligibleCount; i++) {
      const server = pool.eligibleAt(i);
      this.#weight[server] = effectiveWeight(pool.weight(server));
      this.#nextTotal += this.#weight[server]!;
      this.#queueByWeight(server, INIT);
    }
    this.#currentTotal = this.#nextTotal;
  }

  /** `fwrr_set_server_status_up` for a newcomer, `fwrr_update_server_weight` for the others. */
  #admit(pool: BackendPool, server: BackendIndex): void {
    const weight = effectiveWeight(pool.weight(server));
    const isNew = this.#tree[server] === NOWHERE;
    if (!isNew && weight === this.#weight[server]) return;
    this.#nextTotal += weight - (isNew ? 0 : this.#weight[server]!);
    this.#weight[server] = weight;
    if (this.#tree[server] === INIT) {
      this.#queueByWeight(server, INIT);
      return;
    }
    if (isNew) {
      const left = this.#nextTotal + this.#currentTotal - this.#position;
      this.#rest[server] = 0;
      this.#next[server] = this.#position + Math.trunc(left / weight);
    } else {
      this.#reweigh(server, weight);
    }
    this.#queue(server);
  }

  #reweigh(server: number, weight: number): void {
    if (this.#tree[server] === NEXT) this.#next[server]! += this.#currentTotal;
    const step = Math.trunc(this.#nextTotal / weight);
    const due = Math.min(this.#next[server]!, this.#last[server]! + step);
    this.#rest[server] = 0;
    this.#next[server] = due < this.#position + 2 ? this.#position + step : due;
  }

  #leave(server: number): void {
    this.#tree[server] = NOWHERE;
    this.#nextTotal -= this.#weight[server]!;
  }

  /**
   * Takes the first server that is due; while none is (a hole), the first that waits for its first
   * turn; else the first that runs. −1 when both trees are empty.
   */
  #takeDue(): number {
    const running = this.#first(CURRENT);
    if (running < 0 || this.#next[running]! > this.#position) {
      const waiting = this.#first(INIT);
      if (waiting >= 0) {
        this.#next[waiting] = 0;
        this.#rest[waiting] = 0;
        return waiting;
      }
    }
    return running;
  }

  #first(tree: number): number {
    let first = -1;
    for (let slot = 0; slot < this.#tree.length; slot++) {
      if (this.#tree[slot] !== tree) continue;
      const isBefore =
        first < 0 ||
        this.#key[slot]! < this.#key[first]! ||
        (this.#key[slot] === this.#key[first] && this.#order[slot]! < this.#order[first]!);
      if (isBefore) first = slot;
    }
    return first;
  }

  #switchTrees(): void {
    for (let slot = 0; slot < this.#tree.length; slot++) {
      if (this.#tree[slot] === NEXT) this.#tree[slot] = INIT;
    }
    this.#currentTotal = this.#nextTotal;
    this.#position = this.#currentTotal;
  }

  /** `fwrr_update_position`: one turn further, in whole positions, the rest carried over. */
  #advance(server: number): void {
    const weight = this.#weight[server]!;
    if (this.#next[server] === 0) this.#next[server] = this.#position;
    this.#last[server] = this.#next[server]!;
    this.#next[server]! += Math.trunc(this.#nextTotal / weight);
    this.#rest[server]! += this.#nextTotal % weight;
    if (this.#rest[server]! >= weight) {
      this.#rest[server]! -= weight;
      this.#next[server]!++;
    }
  }

  /** `fwrr_queue_srv`: into the running tree, or the next one when it is due beyond the window. */
  #queue(server: number): void {
    const due = this.#next[server]!;
    if (due >= 2 * this.#currentTotal || due >= this.#currentTotal + this.#nextTotal) {
      this.#next[server]! -= this.#currentTotal;
      this.#queueByWeight(server, NEXT);
      return;
    }
    const fine = EFFECTIVE_MOST + this.#rest[server]! - this.#weight[server]!;
    this.#place(server, CURRENT, USER_RANGE * due + Math.trunc(fine / WEIGHT_SCALE));
  }

  #queueByWeight(server: number, tree: number): void {
    this.#place(server, tree, EFFECTIVE_MOST - this.#weight[server]!);
  }

  #place(server: number, tree: number, key: number): void {
    this.#tree[server] = tree;
    this.#key[server] = key;
    this.#order[server] = this.#nextOrder++;
  }

  #grow(count: number): void {
    if (count <= this.#tree.length) return;
    const grown = (old: Float64Array) => {
      const column = new Float64Array(count);
      column.set(old);
      return column;
    };
    const tree = new Uint8Array(count);
    tree.set(this.#tree);
    this.#tree = tree;
    this.#key = grown(this.#key);
    this.#order = grown(this.#order);
    this.#weight = grown(this.#weight);
    this.#next = grown(this.#next);
    this.#last = grown(this.#last);
    this.#rest = grown(this.#rest);
  }
}

/**
 * HAProxy's `balance roundrobin` (`lb_fwrr.c`, "fast weighted round robin"): servers stand at
 * positions in time; heavy ones more often, each first turn fills a hole, so that servers start one
 * after the other. Weights may change at any time without disturbing the turn. Here the trees are
 * columns: O(n) a pick.
 */
export const wrrHaproxy = definePolicy({
  name: 'wrr-haproxy',
  summary: 'Takes backends in turn by weight, smoothly, as positions in time (HAProxy roundrobin).',
  options: z.strictObject({}),
  create: () => new Fwrr(),
});
