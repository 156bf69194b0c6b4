import { describe, expect, it } from 'vitest';
import { Backbone } from '../../../sim/network/backbone.ts';
import type { PopSpec } from '../../../sim/index.ts';
import {
  compileNetwork,
  createNetworkGraph,
  addLink,
  greatCircleKm,
  propagationNs,
} from '../../../topology/index.ts';

const MS = 1e6;

/**
 *     a ─5─ b ─5─ c      and a ─20─ c: the long way round
 */
function triangle() {
  const graph = createNetworkGraph();
  const places = [
    ['a', 50, 8],
    ['b', 51, 0],
    ['c', 40, -4],
  ] as const;
  for (const [name, latitude, longitude] of places) {
    const place = { name, latitude, longitude, continent: 'europe', country: 'XX' } as const;
    graph.addNode(`metro/${name}`, {
      ...place,
      kind: 'metro',
      city: name,
      population: 1,
      utcOffsetHours: 0,
    });
    graph.addNode(`pop/${name}`, { ...place, kind: 'pop', metro: `metro/${name}` });
  }
  const link = (from: string, to: string, latencyMs: number) =>
    addLink(graph, `pop/${from}`, `pop/${to}`, {
      kind: 'backbone',
      name: `${from}-${to}`,
      latencyNs: latencyMs * MS,
      bandwidthBps: 1e9,
      lossRatio: 0,
      bufferNs: 50 * MS,
    });
  link('a', 'b', 5);
  link('b', 'c', 5);
  link('a', 'c', 20);
  const network = compileNetwork(graph);
  const pops = network.popNames.map((name): PopSpec => ({
    name,
    servers: [],
    balancerCount: 1,
    discipline: 'fifo',
    queueLimit: Infinity,
    egressBps: Infinity,
  }));
  const backbone = new Backbone(network, pops);
  const pop = (name: string) => network.popNames.indexOf(name);
  const linkOf = (name: string) => network.linkNames.indexOf(name);
  return { backbone, pop, linkOf };
}

describe('the backbone', () => {
  it('takes the shortest way by propagation', () => {
    const { backbone, pop } = triangle();
    expect(backbone.distanceNs(pop('a'), pop('c'))).toBe(10 * MS);
    expect(backbone.distanceNs(pop('a'), pop('a'))).toBe(0);
  });

  it('goes round a cut, by the Internet if there is no way round, and back again', () => {
    const { backbone, pop, linkOf } = triangle();
    backbone.setLinkUp(linkOf('b-c'), false);
    expect(backbone.distanceNs(pop('a'), pop('c'))).toBe(20 * MS);
    expect(backbone.distanceNs(pop('b'), pop('c'))).toBe(25 * MS);
    backbone.setLinkUp(linkOf('a-c'), false);
    const internetNs = propagationNs(greatCircleKm(50, 8, 40, -4), 2.03);
    expect(backbone.distanceNs(pop('a'), pop('c'))).toBe(internetNs);
    backbone.setLinkUp(linkOf('b-c'), true);
    backbone.setLinkUp(linkOf('a-c'), true);
    expect(backbone.distanceNs(pop('a'), pop('c'))).toBe(10 * MS);
  });

  it('leaves a link that has become slow', () => {
    const { backbone, pop, linkOf } = triangle();
    backbone.degradeLink(linkOf('a-b'), 4, 1, 0);
    expect(backbone.distanceNs(pop('a'), pop('c'))).toBe(20 * MS);
  });

  it('puts what it carries on every link of the way, in that direction alone', () => {
    const { backbone, pop, linkOf } = triangle();
    backbone.pipes.startMeasuring(0);
    backbone.delayNs(pop('c'), pop('a'), 1e6, 1);
    const bytes = (name: string) =>
      [0, 1].map((direction) => backbone.pipes.measuredBytes(linkOf(name) * 2 + direction));
    expect(bytes('a-b').sort()).toEqual([0, 1e6]);
    expect(bytes('b-c').sort()).toEqual([0, 1e6]);
    expect(bytes('a-c')).toEqual([0, 0]);
  });

  it('queues as its links fill, up to the buffer', () => {
    const { backbone, pop, linkOf } = triangle();
    const idleNs = backbone.delayNs(pop('a'), pop('b'), 0, 0);
    backbone.pipes.carry(linkOf('a-b') * 2, 0.9 * 125e6, 0);
    // 90 % of one second's capacity: 9 packets of 12 µs wait on average.
    expect(backbone.delayNs(pop('a'), pop('b'), 0, 0) - idleNs).toBeCloseTo(9 * 12_000, 3);
    backbone.pipes.carry(linkOf('a-b') * 2, 125e6, 0);
    expect(backbone.delayNs(pop('a'), pop('b'), 0, 0) - idleNs).toBe(50 * MS);
    expect(backbone.pipes.utilisation(linkOf('a-b') * 2, 2e9)).toBe(0);
  });

  it('gives a transfer the narrowest share, and no more than loss lets through', () => {
    const { backbone, pop, linkOf } = triangle();
    expect(backbone.rateBps(pop('a'), pop('c'), 0)).toBe(1e9);
    backbone.pipes.carry(linkOf('a-b') * 2, 250e6, 0);
    expect(backbone.rateBps(pop('a'), pop('b'), 0)).toBeLessThanOrEqual(5e8);
    const lossy = triangle();
    lossy.backbone.degradeLink(lossy.linkOf('b-c'), 1, 1, 0.01);
    // Mathis at an RTT of 20 ms and 1 %: 1460 · 8 / 0.02 · √150 = 7.15 Mbit/s.
    const rateBps = lossy.backbone.rateBps(lossy.pop('a'), lossy.pop('c'), 0);
    expect(rateBps / 7.152e6).toBeCloseTo(1, 3);
  });
});
