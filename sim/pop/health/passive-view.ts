import {
  createTrafficWatcher,
  healthChecks,
  type BackendIndex,
  type HealthDefinitionOf,
  type TrafficWatcher,
} from '../../../balancer/index.ts';
import type { PolicySpec } from '../../world.ts';
import type { HealthView, Listened, ViewPorts } from './health-view.ts';

/** Ejections by what live requests of this instance came to. */
export class PassiveView implements HealthView {
  readonly #watcher: TrafficWatcher;
  readonly #ports: ViewPorts;

  constructor(spec: PolicySpec, balancer: Listened, ports: ViewPorts) {
    const { pool, kernel, random, onChange } = ports;
    this.#ports = ports;
    this.#watcher = createTrafficWatcher({
      tracker: passiveCheckNamed(spec.name).create(spec.options, { random }),
      pool,
      timers: kernel,
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
}

export function passiveCheckNamed(name: string): HealthDefinitionOf<'traffic'> {
  const definition = healthChecks.find((check) => check.name === name);
  if (definition?.kind !== 'traffic') throw new Error(`no passive health check ${name}`);
  return definition;
}
