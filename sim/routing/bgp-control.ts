import type { Timers } from '../../balancer/index.ts';
import type { Network } from '../../topology/index.ts';
import type { BgpSpec } from '../world.ts';
import type { BgpSessions } from './bgp-sessions.ts';
import { detectionDelayNs, type Streams } from './convergence.ts';
import type { PrefixRoutes } from './prefix-routes.ts';

type TimerId = ReturnType<Timers['after']>;

export interface BgpControlOptions {
  readonly network: Network;
  readonly sessions: BgpSessions;
  readonly routes: PrefixRoutes;
  readonly timers: Timers;
  readonly random: Streams;
  readonly bgp: () => BgpSpec;
}

/**
 * Turns what happens to POPs into changes of announcements at the times neighbours notice them.
 * Sessions of a POP that returns are up at once: leaves out the seconds of their establishment.
 */
export class BgpControl {
  private readonly options: BgpControlOptions;
  /** Detections still to come, by POP. */
  private readonly detections: TimerId[][];
  /** Withdrawals of drains still to come, by POP. */
  private readonly drains: TimerId[][];
  private readonly failureCount: Uint32Array;

  constructor(options: BgpControlOptions) {
    this.options = options;
    this.detections = Array.from({ length: options.network.popCount }, () => []);
    this.drains = Array.from({ length: options.network.popCount }, () => []);
    this.failureCount = new Uint32Array(options.network.popCount);
  }

  popFailed(pop: number, mode: 'power' | 'clean'): void {
    const { timers, bgp, random, network } = this.options;
    this.cancel(this.detections[pop]!);
    if (mode === 'clean') {
      this.setSessions(pop, false);
      return;
    }
    if (bgp().bfd) {
      const delayNs = detectionDelayNs(bgp(), () => 0);
      this.detections[pop]!.push(timers.after(delayNs, () => this.setSessions(pop, false)));
      return;
    }
    // Each neighbour has its own hold timer, last restarted at a moment of its own.
    const failure = (this.failureCount[pop]! += 1);
    const draw = random('hold-timer', `${network.popNames[pop]!}/${failure}`);
    for (const session of this.sessionsOf(pop)) {
      const delayNs = detectionDelayNs(bgp(), draw);
      const notice = () => this.change(() => this.options.sessions.setUp(session, false));
      this.detections[pop]!.push(timers.after(delayNs, notice));
    }
  }

  popRecovered(pop: number): void {
    this.cancel(this.detections[pop]!);
    this.setSessions(pop, true);
  }

  setAnnounced(pop: number, prefix: number | undefined, isAnnounced: boolean): void {
    this.change((each) => this.options.sessions.setAnnounced(each, pop, isAnnounced), prefix);
  }

  prepend(pop: number, count: number, prefix: number | undefined): void {
    this.change((each) => this.options.sessions.setPrepends(each, pop, count), prefix);
  }

  setSession(pop: number, as: number, isUp: boolean): void {
    const { sessions } = this.options;
    for (const session of this.sessionsOf(pop)) {
      if (sessions.as[session] === as) sessions.setUp(session, isUp);
    }
    this.options.routes.announcementsChanged();
  }

  drain(pop: number, gradualNs: number): void {
    const { sessions, timers } = this.options;
    this.cancel(this.drains[pop]!);
    const open = this.sessionsOf(pop);
    if (gradualNs === 0) {
      for (const session of open) sessions.setDrained(session, true);
      this.options.routes.announcementsChanged();
      return;
    }
    open.forEach((session, i) => {
      const withdraw = () => this.change(() => sessions.setDrained(session, true));
      const delayNs = Math.round((i * gradualNs) / open.length);
      this.drains[pop]!.push(timers.after(delayNs, withdraw));
    });
  }

  undrain(pop: number): void {
    this.cancel(this.drains[pop]!);
    for (const session of this.sessionsOf(pop)) this.options.sessions.setDrained(session, false);
    this.options.routes.announcementsChanged();
  }

  private setSessions(pop: number, isUp: boolean): void {
    for (const session of this.sessionsOf(pop)) this.options.sessions.setUp(session, isUp);
    this.options.routes.announcementsChanged();
  }

  /** Applies `edit` to one prefix or to all, then lets routes follow. */
  private change(edit: (prefix: number) => void, prefix?: number): void {
    const { routes, sessions } = this.options;
    if (prefix !== undefined) edit(prefix);
    else for (let each = 0; each < sessions.prefixCount; each++) edit(each);
    routes.announcementsChanged();
  }

  private cancel(pending: TimerId[]): void {
    for (const timer of pending) this.options.timers.cancel(timer);
    pending.length = 0;
  }

  private sessionsOf(pop: number): readonly number[] {
    const { firstSession } = this.options.network;
    const sessions: number[] = [];
    for (let i = firstSession[pop]!; i < firstSession[pop + 1]!; i++) sessions.push(i);
    return sessions;
  }
}
