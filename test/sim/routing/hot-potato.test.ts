import { describe, expect, it } from 'vitest';
import { groupByRelation } from '../../../sim/routing/grouped-as-graph.ts';
import { GaoRexford } from '../../../sim/routing/gao-rexford.ts';
import { createWalk, HotPotatoWalker } from '../../../sim/routing/hot-potato.ts';
import { MetroDistances } from '../../../sim/routing/metro-distances.ts';
import { Relation, type Network } from '../../../topology/index.ts';
import { equatorNs } from './five-pops.ts';
import { announcementsOf } from './random-routing.ts';
import { smallNetwork, type SmallNetwork } from './small-network.ts';

/** Metros a … e at 0°, 10°, 20°, 30° and 40° on the equator. */
const METROS = { a: [0, 0], b: [0, 10], c: [0, 20], d: [0, 30], e: [0, 40] } as const;

function walkFrom(
  network: Network,
  asn: number,
  metro: string,
  lengths: number[] = Array.from({ length: 16 }, () => 1),
) {
  const solver = new GaoRexford(groupByRelation(network));
  solver.solve(announcementsOf(network, lengths));
  const walk = createWalk();
  const walker = new HotPotatoWalker(network, new MetroDistances(network));
  walker.walk(solver, network.asn.indexOf(asn), network.metroNames.indexOf(metro), walk);
  const { pop, oneWayNs, hopCount, asPath, metroPath } = walk;
  return {
    pop: network.popNames[pop] ?? null,
    oneWayNs,
    ases: Array.from(asPath.subarray(0, hopCount), (as) => network.asn[as]),
    metros: Array.from(
      metroPath.subarray(0, hopCount + 1),
      (index) => network.metroNames[index],
    ).join(''),
  };
}

const pop = (metro: string, sessions: Record<number, Relation>) => ({
  metro,
  continent: 'europe',
  sessions,
});

describe('early exit', () => {
  const twoProviders: SmallNetwork = {
    metros: METROS,
    ases: { 1: ['a', 'd', 'e'], 2: ['b', 'e'], 9: ['a', 'b'] },
    links: [
      [1, 9, 'p2c'],
      [2, 9, 'p2c'],
    ],
    pops: { pe: pop('e', { 1: Relation.Provider, 2: Relation.Provider }) },
    regions: {},
  };

  it('leaves by the provider whose hand-off is nearest, though the lower ASN ties', () => {
    const network = smallNetwork(twoProviders);
    expect(walkFrom(network, 9, 'b')).toMatchObject({ ases: [9, 2], metros: 'bbe' });
    expect(walkFrom(network, 9, 'a')).toMatchObject({ ases: [9, 1], metros: 'aae' });
  });

  it('breaks equal distances by lower metro, then lower ASN', () => {
    // At c, both b (AS 2) and d (AS 1) are 10° away: b comes first.
    const ases = { 1: ['d'], 2: ['b'], 9: ['b', 'c', 'd'] };
    const equal = smallNetwork({ ...twoProviders, ases });
    expect(walkFrom(equal, 9, 'c').ases).toEqual([9, 2]);
    const same = smallNetwork({ ...twoProviders, ases: { 1: ['b'], 2: ['b'], 9: ['b', 'c'] } });
    expect(walkFrom(same, 9, 'c').ases).toEqual([9, 1]);
  });

  it('crosses the closest pair of metros when two ASes share none', () => {
    const ases = { 1: ['c', 'e'], 2: ['e'], 9: ['a', 'b'] };
    const apart = smallNetwork({ ...twoProviders, ases });
    // 9 to 1: b–c is the closest pair; 9 to 2: b–e. Both leave at b, and AS 1 is lower.
    expect(walkFrom(apart, 9, 'a')).toEqual({
      pop: 'pe',
      ases: [9, 1],
      metros: 'ace',
      oneWayNs: Math.round(equatorNs(40, 0)) + 2 * 400_000,
    });
  });

  it('takes an AS of unknown metros to be where its neighbour is', () => {
    const unknown = smallNetwork({ ...twoProviders, ases: { 1: [], 2: ['e'], 9: ['b'] } });
    expect(walkFrom(unknown, 9, 'a')).toMatchObject({ ases: [9, 1], metros: 'abe' });
  });
});

describe('into the CDN', () => {
  const pops = {
    pa: pop('a', { 1: Relation.Provider }),
    pc: pop('c', { 1: Relation.Provider }),
    pe: pop('e', { 2: Relation.Provider }),
  };
  const network = smallNetwork({
    metros: METROS,
    ases: { 1: ['a', 'c', 'e'], 2: ['e'], 9: ['b'] },
    links: [
      [1, 2, 'p2c'],
      [1, 9, 'p2c'],
    ],
    pops,
    regions: {},
  });

  it('reaches the nearest of the POPs that announce to the AS; ties by lower metro', () => {
    expect(walkFrom(network, 1, 'd').pop).toBe('pc');
    expect(walkFrom(network, 1, 'b').pop).toBe('pa');
  });

  it('competes with customers that lead to the CDN at the same length', () => {
    // pa and pc prepend once (sessions 0 and 1), so that AS 2's route to pe ties with theirs.
    expect(walkFrom(network, 1, 'e', [2, 2, 1, ...Array.from({ length: 13 }, () => 0)])).toEqual({
      pop: 'pe',
      ases: [1, 2],
      metros: 'eee',
      oneWayNs: 2 * 400_000,
    });
    const near = walkFrom(network, 1, 'c', [2, 2, 1, ...Array.from({ length: 13 }, () => 0)]);
    expect(near).toMatchObject({ pop: 'pc', ases: [1], metros: 'cc', oneWayNs: 400_000 });
  });

  it('goes nowhere without a route', () => {
    expect(
      walkFrom(
        network,
        9,
        'b',
        Array.from({ length: 16 }, () => 0),
      ),
    ).toEqual({
      pop: null,
      ases: [],
      metros: expect.any(String),
      oneWayNs: 0,
    });
  });
});
