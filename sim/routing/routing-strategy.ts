import type { z } from 'zod';
import type { Network } from '../../topology/index.ts';

/** One prefix of the CDN: its name, and the POPs that announce it. */
export interface PrefixPlan {
  readonly name: string;
  readonly pops: readonly number[];
}

/** What a strategy may know of the world when it is set up. */
export interface StrategyWorld {
  readonly network: Network;
  /** RTT over the POP's own unicast route with all sessions up, ns; Infinity without a route. */
  unicastRttNs(region: number, pop: number): number;
  /** Great-circle distance from the region's metro to the POP's, km. */
  distanceKm(region: number, pop: number): number;
}

/**
 * How clients come to a POP: which prefixes exist and which of their addresses a client uses. What
 * becomes of the packets is BGP's business and the same for all strategies.
 */
export interface RoutingStrategy {
  readonly prefixes: readonly PrefixPlan[];
  /**
   * - `fixed`: every client of a region uses the same address for ever;
   * - `dns`: resolvers ask and cache, see `dns.ts`;
   * - `oracle`: as `fixed`, but chosen afresh the instant a POP dies or returns.
   */
  readonly addressing: 'fixed' | 'dns' | 'oracle';
  /**
   * Prefix for a client, or a resolver, in `region`, from POPs that are usable as far as whoever
   * answers knows. Pure. With no usable POP it answers as if all were (there is no better guess).
   */
  choose(region: number, isUsable: (pop: number) => boolean): number;
}

export interface RoutingStrategyDefinition<Options = unknown> {
  /** As written in scenarios: `dns-geo`. */
  readonly name: string;
  readonly summary: string;
  readonly options: z.ZodType<Options>;
  create(world: StrategyWorld, options: Options): RoutingStrategy;
}

/** Declares a strategy for the catalogue; options are decoded by its schema before `create`. */
export function defineRoutingStrategy<Options>(
  definition: RoutingStrategyDefinition<Options>,
): RoutingStrategyDefinition {
  const { name, summary, options, create } = definition;
  // The schema is what guarantees the type that `create` receives.
  return { name, summary, options, create: (world, decoded) => create(world, decoded as Options) };
}

/** POP of least cost among the usable, ties to the lower index; among all if none is usable. */
export function cheapestPop(
  popCount: number,
  isUsable: (pop: number) => boolean,
  cost: (pop: number) => number,
): number {
  let best = -1;
  let bestCost = Infinity;
  for (let pop = 0; pop < popCount; pop++) {
    if (!isUsable(pop)) continue;
    const popCost = cost(pop);
    if (best >= 0 && popCost >= bestCost) continue;
    best = pop;
    bestCost = popCost;
  }
  return best >= 0 ? best : cheapestPop(popCount, () => true, cost);
}

/** One prefix per POP, announced there alone: what DNS steering answers with. */
export function unicastPrefixes(network: Network): readonly PrefixPlan[] {
  return network.popNames.map((name, pop) => ({ name, pops: [pop] }));
}
