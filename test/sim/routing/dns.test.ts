import { describe, expect, it } from 'vitest';
import { IGNORED_TTL_HOLD_NS, RESOLVERS_PER_REGION } from '../../../sim/routing/dns.ts';
import { Routing } from '../../../sim/routing/routing.ts';
import type { DnsSpec } from '../../../sim/world.ts';
import { FIVE_POPS, POP, REGION } from './five-pops.ts';
import { routingSpec } from './routing-spec.ts';
import { namedStreams, VirtualTimers } from './virtual-timers.ts';

const SECOND = 1e9;
const DNS: DnsSpec = routingSpec('dns-geo').dns; // TTL 60 s, failover 30 s, everybody well behaved
const CLIENTS = 2_000;

function start(dns: Partial<DnsSpec> = {}, seed = 'dns') {
  const timers = new VirtualTimers();
  const queries = new Map<number, number>();
  const routing = new Routing({
    network: FIVE_POPS,
    spec: routingSpec('dns-geo', { dns: { ...DNS, ...dns } }),
    timers,
    random: namedStreams(seed),
    onDnsQuery: (region) => queries.set(region, (queries.get(region) ?? 0) + 1),
  });
  /** Share of the region's clients that use the POP's address now. */
  const shareAt = (region: number, pop: number) => {
    let count = 0;
    for (let client = 0; client < CLIENTS; client++) {
      if (routing.prefixFor(region, client, timers.nowNs) === pop) count++;
    }
    return count / CLIENTS;
  };
  return { routing, timers, queries, shareAt };
}

describe('resolvers', () => {
  it('ask once a TTL each, however many clients they have', () => {
    const { timers, queries, shareAt } = start();
    for (let second = 0; second < 600; second++) {
      timers.advanceTo(second * SECOND);
      shareAt(REGION.ra, POP.a);
    }
    // First asked at a phase in [0, 60) s, then every 60 s (or the second after): 10 times, or 9
    // where the phase and the rounding up to whole seconds leave no room for the tenth.
    expect(queries.get(REGION.ra)).toBeGreaterThanOrEqual(9 * RESOLVERS_PER_REGION);
    expect(queries.get(REGION.ra)).toBeLessThanOrEqual(10 * RESOLVERS_PER_REGION);
  });

  it('each serve a like share of clients, and a client keeps its own', () => {
    const { routing, timers, queries } = start();
    timers.advanceTo(120 * SECOND);
    const first = routing.prefixFor(REGION.ra, 7, timers.nowNs);
    expect(queries.get(REGION.ra)).toBe(1);
    expect(routing.prefixFor(REGION.ra, 7, timers.nowNs)).toBe(first);
    expect(queries.get(REGION.ra)).toBe(1);
  });

  it('name a dead POP until the authority knows and the TTL ran out, and not after', () => {
    const { routing, timers, shareAt } = start();
    routing.popFailed(POP.a, 'power');
    timers.advanceTo(29.9 * SECOND);
    expect(shareAt(REGION.ra, POP.a)).toBe(1);
    timers.advanceTo(60 * SECOND);
    // Whoever asked before 30 s still has the old answer: about half, in steps of one resolver.
    const half = shareAt(REGION.ra, POP.a);
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(1);
    timers.advanceTo(90 * SECOND);
    expect(shareAt(REGION.ra, POP.a)).toBe(0);
    expect(shareAt(REGION.ra, POP.b)).toBe(1);
    routing.popRecovered(POP.a);
    timers.advanceTo(200 * SECOND);
    expect(shareAt(REGION.ra, POP.a)).toBe(1);
  });

  it('leave a POP that answers with errors, which BGP does not notice', () => {
    const { routing, timers, shareAt } = start();
    routing.popHealthChanged(POP.a, false);
    timers.advanceTo(90 * SECOND);
    expect(shareAt(REGION.ra, POP.a)).toBe(0);
    expect(routing.popOf(POP.a, REGION.ra)).toBe(POP.a);
    routing.popHealthChanged(POP.a, true);
    timers.advanceTo(180 * SECOND);
    expect(shareAt(REGION.ra, POP.a)).toBe(1);
  });

  it('stop naming a drained POP at the next asking, while its address still works', () => {
    const { routing, timers, shareAt } = start();
    routing.drain(POP.a, 300 * SECOND);
    timers.advanceTo(60 * SECOND);
    expect(shareAt(REGION.ra, POP.a)).toBe(0);
    timers.advanceTo(400 * SECOND);
    expect(routing.popOf(POP.a, REGION.ra)).toBe(POP.a);
    routing.undrain(POP.a);
    timers.advanceTo(460 * SECOND);
    expect(shareAt(REGION.ra, POP.a)).toBe(1);
  });

  it('hear of a TTL that was lowered at the next asking', () => {
    const { routing, timers, shareAt } = start();
    routing.updateSettings({ ttlNs: 5 * SECOND });
    timers.advanceTo(60 * SECOND);
    shareAt(REGION.ra, POP.a);
    routing.drain(POP.a, 0);
    timers.advanceTo(65 * SECOND);
    expect(shareAt(REGION.ra, POP.a)).toBe(0);
  });

  it('answer as if all lived when none does', () => {
    const { routing, timers, shareAt } = start();
    for (const pop of Object.values(POP)) routing.popFailed(pop, 'clean');
    timers.advanceTo(60 * SECOND);
    expect(shareAt(REGION.ra, POP.a)).toBe(1);
  });
});

describe('clients that ignore TTLs', () => {
  it('hold on to old answers in their share, and let go in the end', () => {
    // Many worlds, as a region has few resolvers: 100 × 8, held answers with ages spread evenly.
    let held = 0;
    for (let seed = 0; seed < 100; seed++) {
      const { routing, timers, shareAt } = start({ clientsIgnoringTtlRatio: 0.25 }, `ttl/${seed}`);
      routing.popFailed(POP.a, 'clean');
      timers.advanceTo(300 * SECOND);
      held += shareAt(REGION.ra, POP.a) / 100;
      timers.advanceTo(IGNORED_TTL_HOLD_NS);
      expect(shareAt(REGION.ra, POP.a)).toBe(0);
    }
    // 300 s of 1,800 s gone: 25 % × 5/6 = 20.8 %; standard error 25 % × √(5/36 ÷ 800) = 0.33 %.
    expect(Math.abs(held - 0.25 * (5 / 6))).toBeLessThan(4 * 0.0033 + 0.01);
  });
});

describe('resolvers elsewhere', () => {
  it('are answered for where they stand: another region of the continent', () => {
    const { shareAt } = start({ remoteResolverRatio: 1 });
    // Europe has ra (a), rc (c) and rb (b): ra's resolvers stand at b or c.
    expect(shareAt(REGION.ra, POP.a)).toBe(0);
    expect(shareAt(REGION.ra, POP.b) + shareAt(REGION.ra, POP.c)).toBe(1);
    // ro is alone in Oceania.
    expect(shareAt(REGION.ro, POP.e)).toBe(1);
  });

  it('are answered for the client when they send ECS', () => {
    const { shareAt } = start({ remoteResolverRatio: 1, ecsRatio: 1 });
    expect(shareAt(REGION.ra, POP.a)).toBe(1);
  });
});
