import { describe, expect, test } from 'vitest';
import {
  ConnectionTable,
  CookieAffinity,
  createBalancer,
  deliver,
  FaildTable,
  GlbForwarding,
  mix32,
  NO_BACKEND,
  policies,
  StickTable,
  type BackendIndex,
  type Balancer,
} from '../../balancer/index.ts';

const FLOWS = Array.from({ length: 20_000 }, (_, flow) => mix32(flow, 3));

function balancerOf(name: string, count = 10): Balancer {
  const definition = policies.find((policy) => policy.name === name)!;
  const policy = definition.create({}, { random: () => 0.5 });
  const balancer = createBalancer({ policy, clock: { nowNs: 0 } });
  for (let i = 0; i < count; i++) balancer.add({ id: `10.0.0.${i}` });
  return balancer;
}

const members = (balancer: Balancer): BackendIndex[] =>
  Array.from({ length: balancer.pool.slotCount }, (_, slot) => slot as BackendIndex);

describe('a cookie names the backend', () => {
  test('whatever the policy and the membership, until the backend is gone', () => {
    const balancer = balancerOf('two-choices');
    const affinity = new CookieAffinity(balancer);
    const backend = affinity.pick(undefined, 1, 0);
    const cookie = affinity.cookieOf(backend);
    for (let i = 0; i < 50; i++) balancer.start(backend);
    balancer.add({ id: 'new' });
    expect(affinity.pick(cookie, 1, 0)).toBe(backend);
    balancer.pool.setEnabled(backend, false);
    expect(affinity.pick(cookie, 1, 0)).toBe(backend);
    balancer.pool.setHealthy(backend, false);
    const other = affinity.pick(cookie, 1, 0);
    expect([backend, NO_BACKEND]).not.toContain(other);
    expect(new CookieAffinity(balancer, { whenGone: 'strict' }).pick(cookie, 1, 0)).toBe(
      NO_BACKEND,
    );
    expect(affinity.pick('no such backend', 1, 0)).not.toBe(NO_BACKEND);
  });

  test('a draining one loses its clients where drains do not keep them, and retries leave', () => {
    const balancer = balancerOf('rendezvous');
    const moving = new CookieAffinity(balancer, { keepsDraining: false });
    const cookie = balancer.pool.id(balancer.pick(7, 0));
    expect(moving.pick(cookie, 7, 1)).not.toBe(balancer.pool.find(cookie));
    balancer.pool.setEnabled(balancer.pool.find(cookie), false);
    expect(moving.pick(cookie, 7, 0)).not.toBe(balancer.pool.find(cookie));
  });
});

test('a stick table forgets by time, by size, and with the backend', () => {
  const table = new StickTable(2, 100);
  const [a, b] = [0 as BackendIndex, 1 as BackendIndex];
  table.store(1, a, 0);
  table.store(2, b, 10);
  expect(table.find(1, 50)).toBe(a);
  table.store(3, a, 60);
  expect(table.find(2, 60)).toBe(NO_BACKEND);
  expect(table.find(1, 149)).toBe(a);
  expect(table.find(1, 249)).toBe(NO_BACKEND);
  table.store(4, b, 250);
  table.forget(a);
  expect([table.find(3, 100), table.find(4, 260)]).toEqual([NO_BACKEND, b]);
  expect(table.entryCount).toBe(1);
});

describe('connections through a drain of one of ten', () => {
  const brokenShare = (table: Parameters<typeof deliver>[0], owners: BackendIndex[]) =>
    FLOWS.filter((flow, i) => deliver(table, flow, owners[i]!) === 'broken').length / FLOWS.length;

  test('Faild breaks none, and detours only those of the drained one', () => {
    const all = members(balancerOf('maglev'));
    const table = new FaildTable(4096, all);
    const owners = FLOWS.map((flow) => table.first(flow));
    const rest = all.filter((backend) => backend !== 3);
    table.drain(3 as BackendIndex, rest);
    expect(brokenShare(table, owners)).toBe(0);
    FLOWS.forEach((flow, i) => {
      expect(deliver(table, flow, owners[i]!)).toBe(owners[i] === 3 ? 'detour' : 'direct');
    });
    // Spread over all others, within a bucket.
    const counts = new Map<number, number>();
    for (let bucket = 0; bucket < 4096; bucket++) {
      counts.set(table.first(bucket), (counts.get(table.first(bucket)) ?? 0) + 1);
    }
    expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
    // A second drain breaks what is older than two changes of a bucket, and nothing else.
    table.drain(
      4 as BackendIndex,
      rest.filter((backend) => backend !== 4),
    );
    const broken = brokenShare(table, owners);
    expect(broken).toBeGreaterThan(0);
    expect(broken).toBeLessThan(0.03);
  });

  test('a refill takes a fair share, and its old flows find their way', () => {
    const all = members(balancerOf('maglev'));
    const table = new FaildTable(1000, all.slice(0, 9));
    const owners = FLOWS.map((flow) => table.first(flow));
    table.refill(all[9]!, all.slice(0, 9));
    expect(brokenShare(table, owners)).toBe(0);
    const taken = FLOWS.filter((flow) => table.first(flow) === 9).length / FLOWS.length;
    expect(Math.abs(taken - 0.1)).toBeLessThan(0.01);
  });

  test('GLB’s second chance breaks none', () => {
    const balancer = balancerOf('glb');
    const table = new GlbForwarding('00000000000000000000000000000000', 4096);
    table.rebuild(balancer.pool, members(balancer));
    const owners = FLOWS.map((flow) => table.first(flow));
    balancer.pool.setEnabled(3 as BackendIndex, false);
    table.rebuild(balancer.pool, members(balancer));
    expect(FLOWS.some((flow) => table.first(flow) === 3)).toBe(false);
    expect(brokenShare(table, owners)).toBe(0);
  });

  test('a connection table keeps flows through a change; one that missed it breaks them', () => {
    const balancer = balancerOf('maglev');
    const table = new ConnectionTable(balancer, FLOWS.length, 1e9);
    const owners = FLOWS.map((flow) => table.route(flow, 0));
    balancer.add({ id: 'new' });
    const other = new ConnectionTable(balancer, FLOWS.length, 1e9);
    expect(FLOWS.filter((flow, i) => table.route(flow, 1) !== owners[i])).toEqual([]);
    const moved = FLOWS.filter((flow, i) => other.route(flow, 1) !== owners[i]).length;
    expect(moved / FLOWS.length).toBeGreaterThan(1 / 12);
  });
});
