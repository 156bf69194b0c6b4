import type { BackendIndex } from '../../backend-pool.ts';
import type { Prober } from '../../ports.ts';
import { createHealthChecker, type HealthChecker } from '../health-checker.ts';
import type { HealthDefinitionOf } from '../health-definition.ts';
import type { HealthTransition, ProbeTracker } from '../health-tracker.ts';
import type { ObservedBalancer } from '../observed-balancer.ts';
import { EnvoyActiveTracker } from '../probes/envoy-active.ts';
import { RiseFallTracker } from '../probes/rise-fall.ts';
import type { HealthView, ViewPorts } from './health-view.ts';
import type { ActiveCheckSettings } from './settings.ts';

/** Active probes under `fall` and `rise`, or under a product's rule. */
export class ProbingView implements HealthView {
  readonly #checker: HealthChecker;
  readonly #ports: ViewPorts;

  constructor(
    spec: ActiveCheckSettings,
    definition: HealthDefinitionOf<'probes'> | null,
    prober: Prober,
    balancer: ObservedBalancer | null,
    ports: ViewPorts,
  ) {
    const { pool, timers, random } = ports;
    const tracker = definition?.create(spec.rule!.options, { random });
    const onTransition = (backend: BackendIndex, transition: HealthTransition, atNs: number) =>
      ports.onChange(backend, transition === 'up', atNs);
    this.#ports = ports;
    this.#checker = createHealthChecker({
      ...spec,
      pool,
      timers,
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

  stop(): void {
    this.#checker.stop();
  }

  /** HAProxy's `observe` and Envoy's `no_traffic_interval` look at live requests as well. */
  #listen(tracker: ProbeTracker, balancer: ObservedBalancer | null): void {
    const { pool, timers, onChange } = this.#ports;
    if (tracker instanceof EnvoyActiveTracker) {
      balancer?.listen({ started: () => tracker.trafficBegan() });
    }
    if (!(tracker instanceof RiseFallTracker)) return;
    balancer?.listen({
      finished: (backend, outcome) => {
        const transition = tracker.observeTraffic(backend, outcome !== 'success');
        if (transition === undefined) return;
        pool.setHealthy(backend, transition === 'up');
        onChange(backend, transition === 'up', timers.nowNs);
      },
    });
  }
}
