import { describe, expect, it } from 'vitest';
import { Routing } from '../../../sim/routing/routing.ts';
import type { RoutingSpec } from '../../../sim/world.ts';
import { equatorNs, FIVE_POPS, POP, REGION } from './five-pops.ts';
import { routingSpec } from './routing-spec.ts';
import { namedStreams, VirtualTimers } from './virtual-timers.ts';

function start(strategy: string, changes: Partial<RoutingSpec> = {}) {
  const timers = new VirtualTimers();
  const moves: string[] = [];
  const routing = new Routing({
    network: FIVE_POPS,
    spec: routingSpec(strategy, changes),
    timers,
    random: namedStreams('routing'),
    onRouteChange: (prefix, region, from, to) => moves.push(`${prefix}:${region}:${from}>${to}`),
  });
  return { routing, timers, moves };
}

const popsOf = (routing: Routing, prefix = 0) =>
  Object.values(REGION).map((region) => routing.popOf(prefix, region));

/** POP reached by a client of each region, over whatever address it uses. */
const landsAt = (routing: Routing, nowNs = 0) =>
  Object.values(REGION).map((region) => routing.popOf(routing.prefixFor(region, 1, nowNs), region));

describe('anycast on five POPs', () => {
  it('reaches the POP that early exit picks among the best routes', () => {
    const { routing } = start('anycast');
    // ra: AS 100 → 10 at a. rc: AS 101 has no metro in common with 20: c → a, then POP a.
    // re, ro: AS 102 → 10 at e. rb: AS 103 hears POP b as a peer, which beats its provider.
    expect(popsOf(routing)).toEqual([POP.a, POP.a, POP.e, POP.b, POP.e]);
    expect(routing.oneWayNs(0, REGION.ra)).toBe(800_000);
    expect(routing.oneWayNs(0, REGION.rc)).toBeCloseTo(equatorNs(20, 2), -1);
    expect(routing.oneWayNs(0, REGION.rb)).toBe(400_000);
    expect(routing.asHopCount(0, REGION.rb)).toBe(1);
    expect(Array.from(routing.catchmentShares(0))).toEqual([0.7, 0.1, 0, 0, 0.2]);
  });

  it('moves to the next best when a POP withdraws, and back', () => {
    const { routing, moves } = start('anycast');
    routing.withdraw(POP.a);
    // AS 20 is left with the peer route over AS 10: c → a, hand-off at a, then back to POP b.
    expect(popsOf(routing)).toEqual([POP.b, POP.b, POP.e, POP.b, POP.e]);
    expect(routing.oneWayNs(0, REGION.rc)).toBeCloseTo(equatorNs(30, 3), -1);
    expect(moves).toEqual(['0:0:0>1', '0:1:0>1']);
    routing.announce(POP.a);
    expect(popsOf(routing)).toEqual([POP.a, POP.a, POP.e, POP.b, POP.e]);
  });

  it('loses all clients but those without a choice when a POP prepends', () => {
    const { routing } = start('anycast');
    routing.prepend(POP.a, 2);
    // AS 10 has shorter routes; AS 20 prefers its customer, however long the path.
    expect(popsOf(routing)).toEqual([POP.b, POP.a, POP.e, POP.b, POP.e]);
  });

  it('leaves regions without a route when nobody announces', () => {
    const { routing } = start('anycast');
    for (const pop of Object.values(POP)) routing.withdraw(pop);
    expect(popsOf(routing)).toEqual([-1, -1, -1, -1, -1]);
    expect(Array.from(routing.catchmentShares(0))).toEqual([0, 0, 0, 0, 0]);
  });

  it('follows a session down and up', () => {
    const { routing } = start('anycast');
    routing.sessionDown(POP.b, FIVE_POPS.asNames.indexOf('AS103'));
    expect(routing.asHopCount(0, REGION.rb)).toBe(2);
    routing.sessionUp(POP.b, FIVE_POPS.asNames.indexOf('AS103'));
    expect(routing.asHopCount(0, REGION.rb)).toBe(1);
  });

  it('announces only from and over what the scenario says', () => {
    const { routing } = start('anycast', { announceFrom: ['b', 'e'], announceVia: ['transit'] });
    expect(popsOf(routing)).toEqual([POP.b, POP.b, POP.e, POP.b, POP.e]);
    expect(routing.asHopCount(0, REGION.rb)).toBe(2);
  });

  it('drains session by session', () => {
    const { routing, timers } = start('anycast');
    routing.drain(POP.a, 100e9);
    timers.advanceTo(1e9); // AS 10 first
    expect(popsOf(routing)).toEqual([POP.b, POP.a, POP.e, POP.b, POP.e]);
    timers.advanceTo(50e9); // then AS 20
    expect(popsOf(routing)).toEqual([POP.b, POP.b, POP.e, POP.b, POP.e]);
    routing.undrain(POP.a);
    expect(popsOf(routing)).toEqual([POP.a, POP.a, POP.e, POP.b, POP.e]);
  });
});

describe('the other strategies on five POPs', () => {
  it('regional anycast keeps clients in their continent, and folds one without POPs', () => {
    const { routing } = start('anycast-regional');
    expect([0, 1].map((prefix) => routing.prefixName(prefix))).toEqual(['asia', 'europe']);
    expect(landsAt(routing)).toEqual([POP.a, POP.a, POP.e, POP.b, POP.e]);
    for (const pop of [POP.d, POP.e]) routing.withdraw(pop);
    expect(landsAt(routing)).toEqual([POP.a, POP.a, -1, POP.b, -1]);
  });

  it('geo-DNS sends clients to the POP nearest as the crow flies', () => {
    const { routing } = start('dns-geo');
    // rc is at c although its AS reaches POP c only by a detour over a.
    expect(landsAt(routing)).toEqual([POP.a, POP.c, POP.e, POP.b, POP.e]);
    const prefix = routing.prefixFor(REGION.rc, 1, 0);
    // 101 → 20 over c–a, 20 → 10 at a, a → c: 40° and three hand-offs.
    expect(routing.oneWayNs(prefix, REGION.rc)).toBeCloseTo(equatorNs(40, 3), -1);
  });

  it.each(['dns-geo', 'dns-latency', 'nearest'])('%s names no POP out of service', (strategy) => {
    const { routing } = start(strategy, { announceFrom: ['b', 'e'] });
    expect(landsAt(routing)).toEqual([POP.b, expect.anything(), POP.e, POP.b, POP.e]);
    const isServing = (pop: number): boolean => pop === POP.b || pop === POP.e;
    expect(landsAt(routing).every(isServing)).toBe(true);
    const best = () => Object.values(REGION).map((region) => routing.bestPop(region));
    expect(best().every(isServing)).toBe(true);
    routing.withdraw(POP.e);
    expect(best()).toEqual([POP.b, POP.b, POP.b, POP.b, POP.b]);
    routing.announce(POP.e);
    expect(best().every(isServing)).toBe(true);
    expect(best()).toContain(POP.e);
  });

  it('latency DNS and the oracle send them to the POP of least RTT', () => {
    for (const strategy of ['dns-latency', 'nearest']) {
      expect(landsAt(start(strategy).routing)).toEqual([POP.a, POP.a, POP.e, POP.b, POP.e]);
    }
  });

  it('the oracle knows of a death at once, others need not', () => {
    const { routing } = start('nearest');
    routing.popFailed(POP.a, 'power');
    // From c: POP b is 20° + 10° away, POP c 20° + 20°.
    expect(landsAt(routing)).toEqual([POP.b, POP.b, POP.e, POP.b, POP.e]);
    expect(routing.bestPop(REGION.ra)).toBe(POP.b);
    expect(routing.bestRttNs(REGION.ra)).toBeCloseTo(2 * equatorNs(10, 2), -1);
    expect(routing.unicastRttNs(REGION.ra, POP.a)).toBe(1_600_000);
    const anycast = start('anycast').routing;
    anycast.popFailed(POP.a, 'power');
    expect(landsAt(anycast)).toEqual([POP.a, POP.a, POP.e, POP.b, POP.e]);
  });
});
