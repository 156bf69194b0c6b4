import type { Prober } from '../../ports.ts';
import { healthChecks } from '../health-checks.ts';
import type { HealthDefinition } from '../health-definition.ts';
import type { ObservedBalancer } from '../observed-balancer.ts';
import type { HealthView, ViewPorts } from './health-view.ts';
import { HeartbeatView } from './heartbeat-view.ts';
import { ProbingView } from './probing-view.ts';
import type { ActiveCheckSettings } from './settings.ts';

/**
 * Probes or heartbeats, as the rule wants. `balancer` lets rules hear of live requests that want to
 * (HAProxy's `observe`, Envoy's `no_traffic_interval`).
 */
export function createActiveView(
  settings: ActiveCheckSettings,
  prober: Prober,
  balancer: ObservedBalancer | null,
  ports: ViewPorts,
): HealthView {
  const definition = settings.rule === undefined ? null : checkNamed(settings.rule.name);
  if (definition === null || definition.kind === 'probes') {
    return new ProbingView(settings, definition, prober, balancer, ports);
  }
  if (definition.kind === 'heartbeats') {
    return new HeartbeatView(settings, definition, prober, ports);
  }
  throw new Error(`"${definition.name}" is no active health check`);
}

function checkNamed(name: string): HealthDefinition {
  const definition = healthChecks.find((check) => check.name === name);
  if (definition === undefined) throw new Error(`no health check "${name}"`);
  return definition;
}
