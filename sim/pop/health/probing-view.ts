import {
  createHealthChecker,
  EnvoyActiveTracker,
  RiseFallTracker,
  type BackendIndex,
  type HealthChecker,
  type HealthDefinitionOf,
  type HealthTransition,
  type Prober,
  type ProbeTracker,
} from '../../../balancer/index.ts';
import type { HealthSpec } from '../../world.ts';
import type { HealthView, Listened, ViewPorts } from './health-view.ts';

/** Active probes under `fall` and `rise`, or under a product's rule. */
export class ProbingView implements HealthView {
  readonly #checker: HealthChecker;
  readonly #ports: ViewPorts;

  constructor(
    spec: HealthSpec,
    definition: HealthDefinitionOf<'probes'> | null,
    prober: Prober,
    balancer: Listened | null,
    ports: ViewPorts,
  ) {
    const { pool, kernel, random } = ports;
    const tracker = definition?.create(spec.rule!.options, { random });
    const onTransition = (backend: BackendIndex, transition: HealthTransition, atNs: number) =>
      ports.onChange(backend, transition === 'up', atNs);
    this.#ports = ports;
    this.#checker = createHealthChecker({
      ...spec,
      pool,
      timers: kernel,
      prober,
      random,
      onTransition,
      ...(tracker === undefined ? {} : { tracker }),
    });
    if (tracker !== undefined) this.#listen(tracker, balancer);
  }

  join(backend: BackendIndex): void {
    this.#ports.pool.setHealthy(backend, true);
    this.#checker.watch(backend);
  }

  leave(backend: BackendIndex): void {
    this.#checker.forget(backend);
  }

  /** HAProxy's `observe` and Envoy's `no_traffic_interval` look at live requests as well. */
  #listen(tracker: ProbeTracker, balancer: Listened | null): void {
    const { pool, kernel, onChange } = this.#ports;
    if (tracker instanceof EnvoyActiveTracker) {
      balancer?.listen({ started: () => tracker.trafficBegan() });
    }
    if (!(tracker instanceof RiseFallTracker)) return;
    balancer?.listen({
      finished: (backend, outcome) => {
        const transition = tracker.observeTraffic(backend, outcome !== 'success');
        if (transition === undefined) return;
        pool.setHealthy(backend, transition === 'up');
        onChange(backend, transition === 'up', kernel.nowNs);
      },
    });
  }
}
