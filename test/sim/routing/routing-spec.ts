import type { RoutingSpec } from '../../../sim/world.ts';

/** What a scenario says about routing when it says nothing, with strategy and changes given. */
export function routingSpec(strategy: string, changes: Partial<RoutingSpec> = {}): RoutingSpec {
  return {
    strategy: { name: strategy, options: {} },
    convergence: 'instant',
    bgp: {
      mraiNs: 30e9,
      holdTimerNs: 90e9,
      bfd: false,
      propagationLowNs: 250e6,
      propagationHighNs: 2e9,
    },
    dns: {
      ttlNs: 60e9,
      clientsIgnoringTtlRatio: 0,
      ecsRatio: 0,
      remoteResolverRatio: 0,
      failoverNs: 30e9,
    },
    prepends: {},
    announceFrom: 'all',
    announceVia: ['transit', 'ixp'],
    ...changes,
  };
}
