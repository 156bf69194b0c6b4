import { describe, expect, test } from 'vitest';
import {
  ConnectionTable,
  CookieAffinity,
  createBalancer,
  deliver,
  FaildTable,
  mix32,
  NO_BACKEND,
  policies,
  SecondChance,
  StickTable,
  type BackendIndex,
  type Balancer,
} from '../../../balancer/index.ts';

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

  test.each(['glb', 'rendezvous', 'maglev'])('a second chance under %s breaks none', (name) => {
    const balancer = balancerOf(name);
    const full = policies.find((policy) => policy.name === name)!.create({}, { random: () => 0.5 });
    const table = new SecondChance(balancer, full);
    const owners = FLOWS.map((flow) => table.first(flow));
    const drained = 3 as BackendIndex;
    balancer.pool.setEnabled(drained, false);
    expect(FLOWS.some((flow) => table.first(flow) === drained)).toBe(false);
    const own = FLOWS.filter((_, i) => owners[i] === drained);
    expect(own.every((flow) => deliver(table, flow, drained) === 'detour')).toBe(true);
    // Maglev moves a few flows of others as well; they have their owner as second.
    expect(brokenShare(table, owners)).toBe(0);
    const during = FLOWS.map((flow) => table.first(flow));
    balancer.pool.setEnabled(drained, true);
    // Who took over is whom a second try names, but in a Maglev table.
    const broken = brokenShare(table, during);
    if (name === 'maglev') expect(broken).toBeGreaterThan(0.05);
    else expect(broken).toBe(0);
  });

  test('a second chance is for those who are listed', () => {
    const balancer = balancerOf('maglev');
    const full = policies.find(({ name }) => name === 'maglev')!.create({}, { random: () => 0 });
    let isGone = false;
    const table = new SecondChance(balancer, full, (backend) => !isGone || backend !== 3);
    const owners = FLOWS.map((flow) => table.first(flow));
    isGone = true;
    balancer.pool.setEnabled(3 as BackendIndex, false);
    expect(brokenShare(table, owners)).toBeGreaterThan(0.09);
  });

  test('Faild’s buckets may follow a hashing policy, each change remembered once', () => {
    const balancer = balancerOf('rendezvous');
    const table = new FaildTable(1000, [NO_BACKEND]);
    const follow = () => table.follow((bucket) => balancer.pick(mix32(bucket, 9), 0));
    follow();
    const owners = FLOWS.map((flow) => table.first(flow));
    expect(FLOWS.some((flow) => table.second(flow) !== NO_BACKEND)).toBe(false);
    balancer.pool.setEnabled(3 as BackendIndex, false);
    follow();
    follow();
    expect(brokenShare(table, owners)).toBe(0);
    FLOWS.forEach((flow, i) =>
      expect(deliver(table, flow, owners[i]!) === 'detour').toBe(owners[i] === 3),
    );
  });

  test('a connection table keeps flows through a change; one that missed it breaks them', () => {
    const balancer = balancerOf('maglev');
    const table = new ConnectionTable(balancer, FLOWS.length, 1e9);
    const owners = FLOWS.map((flow) => table.open(flow, flow, 0));
    balancer.add({ id: 'new' });
    const other = new ConnectionTable(balancer, FLOWS.length, 1e9);
    expect(FLOWS.filter((flow, i) => table.route(flow, flow, 1) !== owners[i])).toEqual([]);
    const moved = FLOWS.filter((flow, i) => other.route(flow, flow, 1) !== owners[i]).length;
    expect(moved / FLOWS.length).toBeGreaterThan(1 / 12);
  });

  test('it keeps those of a backend that drains, not of one that is ill or has left', () => {
    const balancer = balancerOf('maglev');
    const table = new ConnectionTable(balancer, FLOWS.length, 1e9);
    const own = FLOWS.filter((flow) => table.open(flow, flow, 0) === 3).slice(0, 100);
    const kept = () => own.filter((flow) => table.route(flow, flow, 1) === 3).length;
    const backend = 3 as BackendIndex;
    balancer.pool.setEnabled(backend, false);
    expect(kept()).toBe(100);
    expect(table.open(own[0]!, own[0]!, 1)).not.toBe(backend);
    balancer.pool.setHealthy(backend, false);
    expect(kept()).toBe(0);
    const other = own.filter((flow) => table.route(flow, flow, 1) === 4).length;
    table.forget(4 as BackendIndex);
    balancer.pool.setEnabled(4 as BackendIndex, false);
    expect(own.filter((flow) => table.route(flow, flow, 1) === 4)).toEqual([]);
    expect(other).toBeGreaterThan(0);
  });
});
