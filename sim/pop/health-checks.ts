import {
  type BackendIndex,
  createHealthChecker,
  type Prober,
  type ProbeOutcome,
} from '../../balancer/index.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { RandomStreams, Stream } from '../kernel/random.ts';
import type { ObserverHub } from '../metrics/observer-hub.ts';
import type { HealthSpec } from '../world.ts';
import type { KeyMoves } from './key-moves.ts';
import { Condition, type Pops } from './pops.ts';

/** Round trip of a probe inside a POP: two hops of a rack's network and a trivial request. */
const PROBE_ROUND_TRIP_NS = 500_000;

/**
 * Starts the balancer library's own health checker for every balancer instance of every POP: each
 * probes on its own and has its own opinion. A server's reported health is that of its POP's first
 * instance.
 */
export function startHealthChecks(
  spec: HealthSpec,
  pops: Pops,
  keyMoves: KeyMoves,
  kernel: Kernel,
  streams: RandomStreams,
  observers: ObserverHub,
): void {
  for (let pop = 0; pop < pops.count; pop++) {
    const firstServer = pops.firstServer(pop);
    const { first, end } = pops.balancersOf(pop);
    for (let balancer = first; balancer < end; balancer++) {
      const entity = `${pops.names[pop]}/${balancer - first}`;
      const jitter = streams.stream('probe-jitter', entity);
      createHealthChecker({
        ...spec,
        pool: pops.balancers[balancer]!.pool,
        timers: kernel,
        prober: new SimulatedProber(pops, pop, kernel, streams.stream('probe', entity)),
        random: () => jitter.uniform(),
        onTransition: (backend, transition, atNs) => {
          if (balancer !== first) return;
          observers.serverHealthChanged(firstServer + backend, transition === 'up', atNs);
          keyMoves.serverChanged(pop);
        },
      }).start();
    }
  }
}

/**
 * Probes as events of this world: a server that is dark does not answer, one that refuses or errs
 * fails at once, a probe may be lost.
 *
 * Left out: probes do not queue with requests, so an overloaded server passes them.
 */
class SimulatedProber implements Prober {
  readonly #pops: Pops;
  readonly #pop: number;
  readonly #kernel: Kernel;
  readonly #losses: Stream;

  constructor(pops: Pops, pop: number, kernel: Kernel, losses: Stream) {
    this.#pops = pops;
    this.#pop = pop;
    this.#kernel = kernel;
    this.#losses = losses;
  }

  probe(backend: BackendIndex, done: (outcome: ProbeOutcome) => void): void {
    const pops = this.#pops;
    const server = pops.firstServer(this.#pop) + backend;
    const isLost = this.#losses.uniform() < pops.probeLossRatio[server]!;
    const isDark =
      pops.condition[this.#pop] === Condition.Dark ||
      pops.serverCondition[server] === Condition.Dark;
    if (isLost || isDark) return;
    const outcome = pops.serverCondition[server] === Condition.Serving ? 'pass' : 'fail';
    this.#kernel.after(PROBE_ROUND_TRIP_NS, () => done(outcome));
  }
}
