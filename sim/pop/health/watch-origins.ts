import {
  createActiveView,
  PassiveView,
  type BackendIndex,
  type HealthView,
  type ObservedBalancer,
  type ViewPorts,
} from '../../../balancer/index.ts';
import type { RandomStreams } from '../../kernel/random.ts';
import type { Tables } from '../../tables.ts';
import type { ObserversSpec } from '../../world.ts';
import { OriginProber } from './origin-prober.ts';

/**
 * Health checks of origins' servers: every observer of every POP probes on its own, so that an
 * origin feels POPs × observers × servers probes an interval.
 */
export function watchOrigins(tables: Tables, streams: RandomStreams): void {
  const { origins } = tables;
  origins.specs.forEach(({ observers, serverCount }, origin) => {
    if (observers === undefined) return;
    origins.observerPops(origin).forEach((pop, observer) => {
      const views = viewsOf(tables, streams, observers, { origin, pop, observer });
      for (const view of views) {
        for (let server = 0; server < serverCount; server++) view.join(server as BackendIndex);
      }
    });
  });
}

interface Place {
  readonly origin: number;
  readonly pop: number;
  readonly observer: number;
}

function viewsOf(
  tables: Tables,
  streams: RandomStreams,
  { health, passive }: ObserversSpec,
  { origin, pop, observer }: Place,
): readonly HealthView[] {
  const { origins, kernel } = tables;
  const entity = `${origins.names[origin]!}/${observer}`;
  const balancer = origins.balancer(observer, origin) as ObservedBalancer;
  const portsWith = (purpose: string): ViewPorts => {
    const stream = streams.stream(purpose, entity);
    const random = () => stream.uniform();
    return { pool: balancer.pool, timers: kernel, random, onChange: () => {} };
  };
  const views: HealthView[] = [];
  if (health !== null) {
    const work = streams.stream('origin-probe-work', entity);
    const prober = new OriginProber(tables, { origin, pop }, health, work);
    views.push(createActiveView(health, prober, balancer, portsWith('origin-probe-jitter')));
  }
  if (passive !== undefined) {
    views.push(new PassiveView(passive, balancer, portsWith('origin-passive-health')));
  }
  return views;
}
