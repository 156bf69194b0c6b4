import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import {
  createBalancer,
  mix32,
  NO_BACKEND,
  type Balancer,
  type BackendIndex,
  type PolicyDefinition,
} from '../../balancer/index.ts';

/** A promise that a policy keeps less strictly than the suite asks, and why that is right. */
export interface PolicyExceptions {
  /** Options other than the defaults, as a user writes them. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Shares need not follow weights at all. */
  readonly ignoresWeights?: string;
  /** Greatest distance of a share from weight ÷ total, when above SHARE_BOUND. */
  readonly shareBound?: { readonly bound: number; readonly reason: string };
  /** Share of the keys of others that may move when one of ten leaves, when above 0. */
  readonly excessMoves?: { readonly bound: number; readonly reason: string };
  /** Who is taken out leaves another table than who is down. */
  readonly renumbersWhenLeft?: string;
  /** Attempts of one key may go to one backend twice. */
  readonly attemptsRepeat?: string;
}

/**
 * A share of 60,000 independent picks has a standard error of at most √(¼ ÷ 60,000) = 0.2 %; 0.9 %
 * is 4.4 of them.
 */
const SHARE_BOUND = 0.009;
const SHARE_PICKS = 60_000;

const KEYS = Uint32Array.from({ length: 20_000 }, (_, key) => mix32(key, 0));

/** The suite that every policy of a catalogue, built in or a plugin, must pass. */
export function describePolicy(definition: PolicyDefinition, exceptions: PolicyExceptions = {}) {
  const options = exceptions.options ?? {};
  const balancerOf = (seed: string, panicThreshold = 0): Balancer =>
    createBalancer({
      policy: definition.create(options, { random: seedrandom.alea(seed) }),
      clock: { nowNs: 0 },
      panicThreshold,
    });

  describe(`${definition.name} ${JSON.stringify(options)}`, () => {
    test('has a kebab-case name, a sentence and strict options', () => {
      expect(definition.name).toMatch(/^[a-z0-9]+([-/][a-z0-9]+)*$/);
      expect(definition.summary).toMatch(/^[A-Z].*\.$/);
      expect(() => definition.create({ no_such_option: 1 }, { random: () => 0 })).toThrow();
    });
    test('picks an eligible backend, and none exactly when none is; same seed, same picks', () => {
      expectEligiblePicks(balancerOf);
    });
    test('shares follow weights', () => expectShares(balancerOf('shares'), exceptions));
    if (definition.consistent) describeConsistent(() => balancerOf('keys'), exceptions);
  });
}

function describeConsistent(makeBalancer: () => Balancer, exceptions: PolicyExceptions): void {
  test('a key stays where it is, whatever was picked in between', () => {
    const balancer = withBackends(makeBalancer(), 10);
    expect(mapKeys(balancer)).toEqual(mapKeys(balancer));
  });

  test('one of ten leaves: the others keep their keys; it returns: all is as before', () => {
    const balancer = withBackends(makeBalancer(), 10);
    const before = mapKeys(balancer);
    const left = balancer.pool.find('backend-3');
    balancer.pool.setHealthy(left, false);
    const without = mapKeys(balancer);
    const others = before.filter((backend) => backend !== left).length;
    const moved = before.filter((backend, i) => backend !== left && without[i] !== backend).length;
    expect(moved / others).toBeLessThanOrEqual(exceptions.excessMoves?.bound ?? 0);
    balancer.pool.setHealthy(left, true);
    expect(mapKeys(balancer)).toEqual(before);
    balancer.remove(left);
    if (exceptions.renumbersWhenLeft === undefined) expect(mapKeys(balancer)).toEqual(without);
    balancer.add({ id: 'backend-3' });
    expect(mapKeys(balancer)).toEqual(before);
  });

  if (exceptions.attemptsRepeat !== undefined) return;
  test('the attempts of one key go to different backends while there are some', () => {
    const balancer = withBackends(makeBalancer(), 10);
    for (const key of KEYS.subarray(0, 200)) {
      const tried = Array.from({ length: 10 }, (_, attempt) => balancer.pick(key, attempt));
      expect(new Set(tried).size).toBe(10);
      expect(balancer.pick(key, 10)).not.toBe(NO_BACKEND);
    }
  });
}

function withBackends(balancer: Balancer, count: number): Balancer {
  for (let i = 0; i < count; i++) balancer.add({ id: `backend-${i}` });
  return balancer;
}

function mapKeys(balancer: Balancer): number[] {
  return Array.from(KEYS, (key) => balancer.pick(key, 0));
}

/** Weights 1, 1, 2, 3, 5; always the 48 youngest requests in flight. */
function expectShares(balancer: Balancer, exceptions: PolicyExceptions): void {
  const weights = exceptions.ignoresWeights === undefined ? [1, 1, 2, 3, 5] : [1, 1, 1, 1, 1];
  weights.forEach((weight, i) => balancer.add({ id: `backend-${i}`, weight }));
  const picks = Array.from({ length: weights.length }, () => 0);
  const inFlight: BackendIndex[] = [];
  for (let request = 0; request < SHARE_PICKS; request++) {
    const backend = balancer.pick(mix32(request, 1), 0);
    picks[backend]!++;
    balancer.start(backend);
    inFlight.push(backend);
    if (inFlight.length > 48) balancer.finish(inFlight.shift()!, 'success', 1e6);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const bound = exceptions.shareBound?.bound ?? SHARE_BOUND;
  weights.forEach((weight, i) => {
    expect(Math.abs(picks[i]! / SHARE_PICKS - weight / total)).toBeLessThanOrEqual(bound);
  });
}

type Step =
  | { readonly verb: 'add'; readonly weight: number }
  | {
      readonly verb: 'remove' | 'healthy' | 'enabled';
      readonly which: number;
      readonly on: boolean;
    }
  | { readonly verb: 'pick'; readonly key: number; readonly attempt: number }
  | { readonly verb: 'finish'; readonly which: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ verb: fc.constant('add' as const), weight: fc.constantFrom(0, 1, 1, 2, 7.5) }),
  fc.record({
    verb: fc.constantFrom('remove' as const, 'healthy' as const, 'enabled' as const),
    which: fc.nat(),
    on: fc.boolean(),
  }),
  fc.record({
    verb: fc.constant('pick' as const),
    key: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    attempt: fc.nat({ max: 12 }),
  }),
  fc.record({ verb: fc.constant('finish' as const), which: fc.nat() }),
);

function expectEligiblePicks(balancerOf: (seed: string, panic: number) => Balancer): void {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom(0, 0.5), (steps, panic) => {
      expect(play(balancerOf('twin', panic), steps)).toEqual(
        play(balancerOf('twin', panic), steps),
      );
    }),
    { numRuns: 60, seed: 7 },
  );
}

/** Plays a history, asserting at each pick; what was picked. */
function play(balancer: Balancer, steps: readonly Step[]): number[] {
  const { pool } = balancer;
  const members: BackendIndex[] = [];
  const inFlight: BackendIndex[] = [];
  const picks: number[] = [];
  steps.forEach((move, number) => {
    if (move.verb === 'add') {
      members.push(balancer.add({ id: `b${number}`, weight: move.weight }));
    } else if (move.verb === 'pick') {
      const picked = balancer.pick(move.key, move.attempt);
      picks.push(picked);
      expect(picked === NO_BACKEND).toBe(pool.eligibleCount === 0);
      if (picked === NO_BACKEND) return;
      expect(pool.isEligible(picked)).toBe(true);
      balancer.start(picked);
      inFlight.push(picked);
    } else if (move.verb === 'finish') {
      if (inFlight.length === 0) return;
      const [backend] = inFlight.splice(move.which % inFlight.length, 1);
      balancer.finish(backend!, move.which % 3 === 0 ? 'timeout' : 'success', 1e6);
    } else if (members.length > 0) {
      const position = move.which % members.length;
      if (move.verb === 'healthy') pool.setHealthy(members[position]!, move.on);
      else if (move.verb === 'enabled') pool.setEnabled(members[position]!, move.on);
      else balancer.remove(members.splice(position, 1)[0]!);
    }
  });
  return picks;
}
