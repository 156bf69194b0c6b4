import seedrandom from 'seedrandom';
import {
  createBalancer,
  mix32,
  policies,
  type Balancer,
  type Policy,
} from '../../balancer/index.ts';

/** The clock of every balancer that `filled` makes; set back to 0 by each. */
export const clock = { nowNs: 0 };

/** A policy of the catalogue, drawing from a seed of its own. */
export function policyOf(name: string, options: object, seed = name): Policy {
  const found = policies.find((each) => each.name === name)!;
  return found.create(options, { random: seedrandom.alea(seed) });
}

/** A balancer with `count` backends of weight 1, b0, b1 and so on. */
export function filled(policy: Policy, count: number): Balancer {
  clock.nowNs = 0;
  const balancer = createBalancer({ policy, clock });
  for (let i = 0; i < count; i++) balancer.add({ id: `b${i}` });
  return balancer;
}

/** Hashes of many keys. */
export const KEYS = Array.from({ length: 20_000 }, (_, key) => mix32(key, 5));
