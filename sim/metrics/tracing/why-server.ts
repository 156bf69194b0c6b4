import { type BackendIndex, policies } from '../../../balancer/index.ts';
import { Condition } from '../../pop/pops.ts';
import type { RequestIndex } from '../../requests.ts';
import type { Tables } from '../../tables.ts';

/**
 * What the balancer that chose the server of the present attempt saw: asked right after the choice,
 * which therefore counts among what is in flight. Which servers a policy compared is its own
 * affair: what it chose from is said.
 */
export function whyServer(tables: Tables, request: RequestIndex): string {
  const { requests, pops, world } = tables;
  const pop = requests.pop[request]!;
  const server = requests.server[request]!;
  const instance = pops.balancerFor(pop, requests.client[request]!);
  const { first, end } = pops.balancersOf(pop);
  const { pool } = pops.balancers[instance]!;
  const backend = (server - pops.firstServer(pop)) as BackendIndex;
  const { name } = world.balancer.policy;
  const whose = end - first > 1 ? `balancer ${instance - first + 1} of ${end - first}: ` : '';
  const eligible = Array.from({ length: pool.eligibleCount }, (_, i) => pool.eligibleAt(i));
  const key = world.balancer.hashKey === 'client' ? 'client' : 'object';
  const hash = (requests.keyHash[request]! >>> 0).toString(16).padStart(8, '0');
  const chosen = `${pops.serverNames[server]!}, ${pool.inFlight(backend)} in flight with this one`;
  const parts = [
    `${whose}${name} from ${eligible.length} of ${pops.serverCountOf(pop)} servers: ${chosen}`,
  ];
  if (eligible.length > 1) {
    const loads = eligible.map((other) => pool.inFlight(other));
    parts.push(`least ${Math.min(...loads)}, most ${Math.max(...loads)}`);
  }
  if (policyHashes(tables)) parts.push(`hash of its ${key} ${hash}`);
  const weights = new Set(eligible.map((other) => pool.weight(other)));
  if (weights.size > 1) parts.push(`weight ${pool.weight(backend)}`);
  if (requests.attempt[request]! > 0) parts.push(`try ${requests.attempt[request]! + 1}`);
  if (pops.serverCondition[server] !== Condition.Serving) parts.push('which is in fact dead');
  return parts.join('; ');
}

function policyHashes({ world }: Tables): boolean {
  const { name } = world.balancer.policy;
  return policies.some((policy) => policy.name === name && policy.consistent);
}
