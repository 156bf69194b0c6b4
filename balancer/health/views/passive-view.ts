import type { BackendIndex } from '../../backend-pool.ts';
import { healthChecks } from '../health-checks.ts';
import type { HealthDefinitionOf } from '../health-definition.ts';
import type { ObservedBalancer } from '../observed-balancer.ts';
import { createTrafficWatcher, type TrafficWatcher } from '../traffic-watcher.ts';
import type { HealthView, ViewPorts } from './health-view.ts';
import type { HealthRule } from './settings.ts';

/** Ejections by what live requests of this instance came to. */
export class PassiveView implements HealthView {
  readonly #watcher: TrafficWatcher;
  readonly #ports: ViewPorts;

  constructor(rule: HealthRule, balancer: ObservedBalancer, ports: ViewPorts) {
    const { pool, timers, random, onChange } = ports;
    this.#ports = ports;
    this.#watcher = createTrafficWatcher({
      tracker: passiveCheckNamed(rule.name).create(rule.options, { random }),
      pool,
      timers,
      onTransition: (backend, transition, atNs) => onChange(backend, transition === 'up', atNs),
    });
    balancer.listen(this.#watcher);
  }

  join(backend: BackendIndex): void {
    this.#ports.pool.setEjected(backend, false);
    this.#watcher.watch(backend);
  }

  leave(backend: BackendIndex): void {
    this.#watcher.forget(backend);
  }

  stop(): void {
    this.#watcher.stop();
  }
}

function passiveCheckNamed(name: string): HealthDefinitionOf<'traffic'> {
  const definition = healthChecks.find((check) => check.name === name);
  if (definition?.kind !== 'traffic') throw new Error(`no passive health check "${name}"`);
  return definition;
}
