import type { BackendIndex } from '../../backend-pool.ts';
import type { Outcome } from '../../ports.ts';
import { isFailure, type ReportTransition, type TrafficTracker } from './traffic-tracker.ts';

export interface NginxPassiveSettings {
  /** Failures that make a server unusable; 0 counts none. */
  readonly maxFails: number;
  /** How long it is unusable, and how long must pass without failure for a success to clear. */
  readonly failTimeoutNs: number;
}

interface Peer {
  failCount: number;
  /** Latest failure; latest failure, or pick after a quiet `failTimeoutNs`. */
  accessedNs: number;
  checkedNs: number;
  isUsable: boolean;
}

/** nginx reads the time in whole seconds here (`ngx_time`). */
const SECOND_NS = 1e9;

/**
 * nginx's `max_fails` and `fail_timeout` (`ngx_http_upstream_round_robin.c`): a server is unusable
 * while it has `maxFails` failures and the latest is at most `failTimeoutNs` old. Not a sliding
 * window: the count is cleared only by a success after a quiet `failTimeoutNs` (nginx#599), so that
 * after a return one more failure is enough. A single server is never unusable.
 */
export class NginxPassiveTracker implements TrafficTracker {
  readonly #settings: NginxPassiveSettings;
  readonly #peers = new Map<BackendIndex, Peer>();

  constructor(settings: NginxPassiveSettings) {
    this.#settings = settings;
  }

  join(backend: BackendIndex): void {
    const peer = { failCount: 0, accessedNs: 0, checkedNs: 0, isUsable: true };
    this.#peers.set(backend, peer);
  }

  leave(backend: BackendIndex): void {
    this.#peers.delete(backend);
  }

  started(backend: BackendIndex, nowNs: number): void {
    const peer = this.#peers.get(backend);
    const now = wholeSeconds(nowNs);
    if (peer !== undefined && now - peer.checkedNs > this.#settings.failTimeoutNs) {
      peer.checkedNs = now;
    }
  }

  finished(backend: BackendIndex, outcome: Outcome, nowNs: number, report: ReportTransition): void {
    const peer = this.#peers.get(backend);
    if (peer === undefined) return;
    if (this.#peers.size === 1) peer.failCount = 0;
    else if (isFailure(outcome)) this.#fail(backend, peer, wholeSeconds(nowNs), report);
    else if (peer.accessedNs < peer.checkedNs) peer.failCount = 0;
  }

  advance(nowNs: number, report: ReportTransition): void {
    for (const [backend, peer] of this.#peers) {
      if (peer.isUsable || nowNs < this.#returnNs(peer)) continue;
      peer.isUsable = true;
      report(backend, 'up');
    }
  }

  dueNs(): number {
    let dueNs = Infinity;
    for (const peer of this.#peers.values()) {
      if (!peer.isUsable) dueNs = Math.min(dueNs, this.#returnNs(peer));
    }
    return dueNs;
  }

  isUsable(backend: BackendIndex): boolean {
    return this.#peers.get(backend)?.isUsable ?? true;
  }

  #fail(backend: BackendIndex, peer: Peer, now: number, report: ReportTransition): void {
    peer.failCount++;
    peer.accessedNs = now;
    peer.checkedNs = now;
    const { maxFails } = this.#settings;
    if (!peer.isUsable || maxFails === 0 || peer.failCount < maxFails) return;
    peer.isUsable = false;
    report(backend, 'down');
  }

  /** The first whole second that is more than `failTimeoutNs` past the latest failure. */
  #returnNs(peer: Peer): number {
    return peer.checkedNs + wholeSeconds(this.#settings.failTimeoutNs) + SECOND_NS;
  }
}

function wholeSeconds(ns: number): number {
  return ns - (ns % SECOND_NS);
}
