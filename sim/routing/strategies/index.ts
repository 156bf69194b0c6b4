import type { RoutingStrategyDefinition } from '../routing-strategy.ts';
import { anycast } from './anycast.ts';
import { anycastRegional } from './anycast-regional.ts';
import { dnsGeo } from './dns-geo.ts';
import { dnsLatency } from './dns-latency.ts';
import { nearest } from './nearest.ts';

/** Every routing strategy, in the order in which people are shown them. */
export const routingStrategies: readonly RoutingStrategyDefinition[] = [
  anycast,
  anycastRegional,
  dnsGeo,
  dnsLatency,
  nearest,
];
