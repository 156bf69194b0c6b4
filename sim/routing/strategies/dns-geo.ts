import { z } from 'zod';
import { cheapestPop, defineRoutingStrategy, unicastPrefixes } from '../routing-strategy.ts';

/** DNS answers with the POP nearest to whoever asks, as the crow flies. */
export const dnsGeo = defineRoutingStrategy({
  name: 'dns-geo',
  summary: 'DNS answers with the POP geographically nearest to the resolver (or client, with ECS).',
  options: z.strictObject({}),
  create: ({ network, distanceKm }) => ({
    prefixes: unicastPrefixes(network),
    addressing: 'dns',
    choose: (region, isUsable) =>
      cheapestPop(network.popCount, isUsable, (pop) => distanceKm(region, pop)),
  }),
});
