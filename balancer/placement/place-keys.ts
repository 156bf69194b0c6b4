import { NO_BACKEND, type BackendIndex, type BackendOptions } from '../backend-pool.ts';
import { createBalancer, type Balancer } from '../balancer.ts';
import type { PolicyDefinition } from '../policy.ts';

/** A change of membership, as an operator makes it. */
export type MembershipChange =
  | { readonly verb: 'remove'; readonly id: string }
  | { readonly verb: 'add' | 'weight'; readonly id: string; readonly weight: number };

export interface PlacementRequest {
  readonly policy: PolicyDefinition;
  /** As a user writes them. */
  readonly options: unknown;
  readonly backends: readonly BackendOptions[];
  readonly changes: readonly MembershipChange[];
  /** Texts, hashed as the policy's product hashes them; or what `hashKeys` made of them. */
  readonly keys: readonly string[] | readonly KeyWords[];
}

/** Upper and lower word of a key's hash; the lower is −1 where the product hashes to 32 bits. */
export interface KeyWords {
  readonly high: number;
  readonly low: number;
}

/** Where keys are before and after some changes: ids by key, null where there is no backend. */
export interface Placement {
  readonly before: readonly (string | null)[];
  readonly after: readonly (string | null)[];
  /** Weights of the members, by id in the order of joining. */
  readonly weightsBefore: ReadonlyMap<string, number>;
  readonly weightsAfter: ReadonlyMap<string, number>;
}

/**
 * Asks a policy with nothing in flight where every key goes, before and after changes that are
 * made one by one to the same balancer, as AnchorHash and its like remember in which order. Throws
 * when a change names a backend that is not there, or adds one that is.
 */
export function placeKeys({
  policy,
  options,
  backends,
  changes,
  keys,
}: PlacementRequest): Placement {
  const balancer = idleBalancer(policy, options);
  for (const backend of backends) balancer.add(backend);
  const words = keys.map((key) => (typeof key === 'string' ? wordsOf(policy, key) : key));
  const weightsBefore = weightsOf(backends);
  const before = ownersOf(balancer, words);
  const weightsAfter = new Map(weightsBefore);
  for (const change of changes) apply(balancer, weightsAfter, change);
  const after = changes.length === 0 ? before : ownersOf(balancer, words);
  return { before, after, weightsBefore, weightsAfter };
}

/** The backends that the first attempts of one key go to, in order; fewer when there are fewer. */
export function attemptsOf(
  { policy, options, backends }: Omit<PlacementRequest, 'changes' | 'keys'>,
  key: string,
  attemptCount: number,
): string[] {
  const balancer = idleBalancer(policy, options);
  for (const backend of backends) balancer.add(backend);
  const { high, low } = wordsOf(policy, key);
  const count = Math.min(attemptCount, balancer.pool.eligibleCount);
  return Array.from({ length: count }, (_, attempt) =>
    balancer.pool.id(balancer.pickWords(high, low, attempt)),
  );
}

/** Hashes texts once for several placements. */
export function hashKeys(policy: PolicyDefinition, keys: readonly string[]): KeyWords[] {
  return keys.map((key) => wordsOf(policy, key));
}

function wordsOf({ hashKey, hashKey64 }: PolicyDefinition, key: string): KeyWords {
  if (hashKey64 === undefined) return { high: hashKey(key), low: -1 };
  const hash = hashKey64(key);
  return { high: Number(hash >> 32n), low: Number(hash & 0xffffffffn) };
}

function idleBalancer(policy: PolicyDefinition, options: unknown): Balancer {
  // Policies that look at keys draw nothing.
  const random = () => 0;
  return createBalancer({ policy: policy.create(options, { random }), clock: { nowNs: 0 } });
}

function weightsOf(backends: readonly BackendOptions[]): Map<string, number> {
  return new Map(backends.map(({ id, weight = 1 }) => [id, weight]));
}

function ownersOf(balancer: Balancer, words: readonly KeyWords[]): (string | null)[] {
  return words.map(({ high, low }) => {
    const backend = balancer.pickWords(high, low, 0);
    return backend === NO_BACKEND ? null : balancer.pool.id(backend);
  });
}

function apply(balancer: Balancer, weights: Map<string, number>, change: MembershipChange): void {
  const { pool } = balancer;
  if (change.verb === 'add') {
    balancer.add({ id: change.id, weight: change.weight });
    weights.set(change.id, change.weight);
    return;
  }
  const backend: BackendIndex = pool.find(change.id);
  if (backend === NO_BACKEND) throw new RangeError(`no backend "${change.id}"`);
  if (change.verb === 'remove') {
    balancer.remove(backend);
    weights.delete(change.id);
    return;
  }
  pool.setWeight(backend, change.weight);
  weights.set(change.id, change.weight);
}
