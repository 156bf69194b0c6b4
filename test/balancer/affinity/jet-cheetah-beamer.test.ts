import { describe, expect, it } from 'vitest';
import {
  BeamerTable,
  CheetahCookies,
  createBalancer,
  deliver,
  JetTable,
  mix32,
  NO_BACKEND,
  policies,
  type BackendIndex,
  type Balancer,
  type Policy,
} from '../../../balancer/index.ts';

/** JET, Cheetah and Beamer: how many connections each keeps, and how much each remembers. */

const FLOWS = Array.from({ length: 20_000 }, (_, flow) => mix32(flow, 5));

const policyOf = (name: string): Policy =>
  policies.find((policy) => policy.name === name)!.create({}, { random: () => 0.5 });

const backend = (slot: number) => slot as BackendIndex;

/** `working` backends at work, and others that may join. */
function balancerOf(name: string, working: number, horizon = 0, clock = { nowNs: 0 }): Balancer {
  const balancer = createBalancer({ policy: policyOf(name), clock });
  for (let i = 0; i < working + horizon; i++) balancer.add({ id: `10.0.0.${i}` });
  for (let i = working; i < working + horizon; i++) balancer.pool.setEnabled(backend(i), false);
  return balancer;
}

describe('JET tracks just enough', () => {
  const jet = (name: string, working: number, horizon: number) => {
    const balancer = balancerOf(name, working, horizon);
    const table = new JetTable(balancer, policyOf(name), Infinity, 1e9);
    const owners = FLOWS.map((flow) => table.open(flow, flow, 0));
    const broken = () => FLOWS.filter((flow, i) => table.route(flow, flow, 1) !== owners[i]).length;
    return { balancer, table, owners, broken };
  };

  it.each([
    ['rendezvous', 10, 1],
    ['rendezvous', 10, 2],
    ['rendezvous', 50, 10],
    ['ketama', 20, 5],
  ])('under %s with %i backends and a horizon of %i: h ÷ (n + h)', (name, n, h) => {
    const share = jet(name, n, h).table.trackedCount / FLOWS.length;
    const expected = h / (n + h);
    // Four standard errors of a share of 20,000; a ring's, of 160 points each, spread as well.
    const sampling = 4 * Math.sqrt((expected * (1 - expected)) / FLOWS.length);
    const ring = name === 'ketama' ? (4 * expected) / Math.sqrt(160 * h) : 0;
    expect(Math.abs(share - expected)).toBeLessThan(sampling + ring);
  });

  it('without a horizon nothing', () => {
    expect(jet('rendezvous', 10, 0).table.trackedCount).toBe(0);
  });

  it('and keeps every flow when some or all of the horizon join', () => {
    const { balancer, owners, broken } = jet('rendezvous', 10, 3);
    balancer.pool.setEnabled(backend(11), true);
    const moved = FLOWS.filter((flow, i) => balancer.pick(flow, 0) !== owners[i]).length;
    expect(moved / FLOWS.length).toBeCloseTo(1 / 11, 1);
    expect(broken()).toBe(0);
    balancer.pool.setEnabled(backend(10), true);
    balancer.pool.setEnabled(backend(12), true);
    expect(broken()).toBe(0);
  });

  it('and knows no old backend of a flow that began anew with one that need not be tracked', () => {
    const { balancer, table } = jet('rendezvous', 10, 1);
    const tracked = table.trackedCount;
    balancer.pool.setEnabled(backend(10), true);
    const owners = FLOWS.map((flow) => table.open(flow, flow, 1));
    expect(FLOWS.filter((flow, i) => table.route(flow, flow, 2) !== owners[i])).toEqual([]);
    expect(tracked).toBeGreaterThan(0);
    expect(table.trackedCount).toBe(0);
  });

  it('but those of a backend that drains are lost unless tracked, and no others', () => {
    const { balancer, table, owners, broken } = jet('rendezvous', 10, 2);
    balancer.pool.setEnabled(backend(4), false);
    const own = FLOWS.filter((_, i) => owners[i] === 4);
    const lost = own.filter((flow) => table.route(flow, flow, 1) !== 4).length;
    // Of its flows as of all, 2 ÷ 12 are tracked.
    expect(Math.abs(lost / own.length - 10 / 12)).toBeLessThan(0.04);
    expect(broken()).toBe(lost);
  });

  it('under Maglev, which moves keys without need, a join breaks some that are not tracked', () => {
    const { balancer, broken } = jet('maglev', 10, 3);
    balancer.pool.setEnabled(backend(10), true);
    expect(broken()).toBeGreaterThan(0);
    expect(broken() / FLOWS.length).toBeLessThan(0.05);
  });
});

describe('Cheetah’s cookies', () => {
  const cookies = new CheetahCookies(77);
  const known = () => true;

  it.each(['round-robin', 'least-request', 'random', 'maglev'])(
    'name the server of every flow, whom %s chose and whatever came after',
    (name) => {
      const balancer = balancerOf(name, 10, 5);
      const isMember = (b: BackendIndex) =>
        b < balancer.pool.slotCount && balancer.pool.isMember(b);
      const flows = FLOWS.map((flow) => {
        const owner = balancer.pick(flow, 0);
        balancer.start(owner);
        return { flow, owner, cookie: cookies.cookieOf(flow, owner) };
      });
      const brokenCount = () =>
        flows.filter(
          ({ flow, owner, cookie }) => cookies.backendOf(flow, cookie, isMember) !== owner,
        ).length;
      for (let i = 10; i < 15; i++) balancer.pool.setEnabled(backend(i), true);
      balancer.pool.setEnabled(backend(2), false);
      balancer.pool.setHealthy(backend(3), false);
      balancer.pool.setWeight(backend(4), 0);
      expect(brokenCount()).toBe(0);
      balancer.remove(backend(5));
      expect(brokenCount()).toBe(flows.filter(({ owner }) => owner === 5).length);
    },
  );

  it('look random to whoever does not know the secret', () => {
    const seen = new Set(FLOWS.slice(0, 1000).map((flow) => cookies.cookieOf(flow, backend(3))));
    // 1,000 draws of 65,536: some 8 are expected to meet another.
    expect(seen.size).toBeGreaterThan(970);
    const guess = cookies.backendOf(FLOWS[0]!, 12_345, (b) => b < 10);
    expect(guess === NO_BACKEND || guess < 10).toBe(true);
    const valid = FLOWS.filter((flow) => cookies.backendOf(flow, 12_345, (b) => b < 10) >= 0);
    expect(valid.length / FLOWS.length).toBeLessThan(0.001);
  });

  it('have sixteen bits', () => {
    expect(cookies.backendOf(9, cookies.cookieOf(9, backend(65_535)), known)).toBe(65_535);
    expect(() => cookies.cookieOf(9, backend(65_536))).toThrow(RangeError);
    expect(() => cookies.cookieOf(9, NO_BACKEND)).toThrow(RangeError);
  });
});

describe('Beamer', () => {
  const S = 1e9;
  const beamer = () => {
    const clock = { nowNs: 0 };
    const balancer = balancerOf('rendezvous', 10, 0, clock);
    const table = new BeamerTable(4096, clock, 240 * S);
    const follow = () => table.follow((bucket) => balancer.pick(mix32(bucket, 9), 0));
    follow();
    const owners = FLOWS.map((flow) => table.first(flow));
    const broken = () =>
      FLOWS.filter((flow, i) => deliver(table, flow, owners[i]!) === 'broken').length;
    const drain = (slot: number, atNs: number) => {
      clock.nowNs = atNs;
      balancer.pool.setEnabled(backend(slot), false);
      follow();
    };
    return { clock, table, owners, broken, drain };
  };

  it('keeps flows over one change of their bucket, by a detour', () => {
    const { table, owners, broken, drain } = beamer();
    expect(FLOWS.some((flow) => table.second(flow) !== NO_BACKEND)).toBe(false);
    drain(3, 10 * S);
    expect(broken()).toBe(0);
    FLOWS.forEach((flow, i) =>
      expect(deliver(table, flow, owners[i]!)).toBe(owners[i] === 3 ? 'detour' : 'direct'),
    );
  });

  it('breaks those whose bucket changes twice, and those only', () => {
    const { table, owners, broken, drain } = beamer();
    drain(3, 10 * S);
    const after = FLOWS.map((flow) => table.first(flow));
    drain(7, 20 * S);
    const twice = FLOWS.filter((_, i) => owners[i] === 3 && after[i] === 7).length;
    expect(twice).toBeGreaterThan(100);
    expect(broken()).toBe(twice);
    // A flow that began between the two changes lives through one only.
    const late = FLOWS.filter((flow, i) => deliver(table, flow, after[i]!) === 'broken');
    expect(late).toEqual([]);
  });

  it('passes packets on for a while after a change, and no longer', () => {
    const { clock, owners, broken, drain } = beamer();
    drain(3, 10 * S);
    clock.nowNs = 250 * S;
    expect(broken()).toBe(0);
    clock.nowNs = 251 * S;
    expect(broken()).toBe(owners.filter((owner) => owner === 3).length);
  });
});
