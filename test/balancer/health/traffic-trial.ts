import seedrandom from 'seedrandom';
import {
  healthChecks,
  type BackendIndex,
  type Outcome,
  type TrafficTracker,
} from '../../../balancer/index.ts';

export function createTraffic(name: string, options: unknown): TrafficTracker {
  const definition = healthChecks.find((check) => check.name === name)!;
  if (definition.kind !== 'traffic') throw new Error(`${name} is no passive check`);
  return definition.create(options, { random: seedrandom.alea(name) });
}

/** A tracker with backends, and the transitions it has reported. */
export class Trial {
  readonly tracker: TrafficTracker;
  readonly reported: string[] = [];

  constructor(name: string, options: unknown, backendCount: number) {
    this.tracker = createTraffic(name, options);
    for (let i = 0; i < backendCount; i++) this.tracker.join(i as BackendIndex, 0);
  }

  start(backend: number, nowNs: number): void {
    this.tracker.started?.(backend as BackendIndex, nowNs, this.report);
  }

  finish(backend: number, outcome: Outcome, nowNs: number, times = 1): void {
    for (let i = 0; i < times; i++) {
      this.tracker.finished(backend as BackendIndex, outcome, nowNs, this.report);
    }
  }

  advance(nowNs: number): void {
    this.tracker.advance(nowNs, this.report);
  }

  isUsable(backend: number): boolean {
    return this.tracker.isUsable(backend as BackendIndex);
  }

  readonly report = (backend: number, transition: string) =>
    void this.reported.push(`${backend} ${transition}`);
}
