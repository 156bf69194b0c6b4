import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';

/**
 * Which backend a client was sent to last (HAProxy's `stick-table`, sticky sessions by address):
 * entries expire after `expiryNs` without use; when the table is full the one unused longest goes.
 * Each balancer has its own table, and a client that meets another one starts anew.
 */
export class StickTable {
  readonly #size: number;
  readonly #expiryNs: number;
  /** In order of use, oldest first. */
  readonly #entries = new Map<number, { backend: BackendIndex; usedNs: number }>();

  constructor(size: number, expiryNs: number) {
    if (!(size >= 1)) throw new RangeError(`a table has at least one entry, not ${size}`);
    this.#size = size;
    this.#expiryNs = expiryNs;
  }

  get entryCount(): number {
    return this.#entries.size;
  }

  /** Where the client goes, or `NO_BACKEND` when nothing is known; finding is a use. */
  find(client: number, nowNs: number): BackendIndex {
    const entry = this.#entries.get(client);
    if (entry === undefined) return NO_BACKEND;
    this.#entries.delete(client);
    if (nowNs - entry.usedNs >= this.#expiryNs) return NO_BACKEND;
    entry.usedNs = nowNs;
    this.#entries.set(client, entry);
    return entry.backend;
  }

  store(client: number, backend: BackendIndex, nowNs: number): void {
    this.#entries.delete(client);
    if (this.#entries.size === this.#size) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
    this.#entries.set(client, { backend, usedNs: nowNs });
  }

  /** Forgets one client. */
  remove(client: number): void {
    this.#entries.delete(client);
  }

  /** Forgets all clients of a backend that died. */
  forget(backend: BackendIndex): void {
    for (const [client, entry] of this.#entries) {
      if (entry.backend === backend) this.#entries.delete(client);
    }
  }
}
