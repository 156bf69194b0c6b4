import { Relation } from '../../../topology/index.ts';
import { smallNetwork } from './small-network.ts';

/**
 * Five POPs on the equator (1° = 111.195 km), each with transit from AS 10; POP a has AS 20 too,
 * and POP b peers with the eyeball AS 103.
 *
 *     longitude    0°      10°      20°                  100°     110°
 *     metro        a        b        c                    d        e
 *     AS 10        ●────────●────────●────────────────────●────────●     peers with AS 20
 *     AS 20        ●──────────────────────────────────────●
 *     regions   ra (100)  rb (103)  rc (101)                     re (102), ro (102, Oceania)
 *     provider     10       10        20                           10
 */
export const FIVE_POPS = smallNetwork({
  metros: { a: [0, 0], b: [0, 10], c: [0, 20], d: [0, 100], e: [0, 110] },
  ases: {
    10: ['a', 'b', 'c', 'd', 'e'],
    20: ['a', 'd'],
    100: ['a'],
    101: ['c'],
    102: ['e'],
    103: ['b'],
  },
  links: [
    [10, 20, 'p2p'],
    [10, 100, 'p2c'],
    [20, 101, 'p2c'],
    [10, 102, 'p2c'],
    [10, 103, 'p2c'],
  ],
  pops: {
    a: {
      metro: 'a',
      continent: 'europe',
      sessions: { 10: Relation.Provider, 20: Relation.Provider },
    },
    b: {
      metro: 'b',
      continent: 'europe',
      sessions: { 10: Relation.Provider, 103: Relation.Peer },
    },
    c: { metro: 'c', continent: 'europe', sessions: { 10: Relation.Provider } },
    d: { metro: 'd', continent: 'asia', sessions: { 10: Relation.Provider } },
    e: { metro: 'e', continent: 'asia', sessions: { 10: Relation.Provider } },
  },
  regions: {
    ra: { as: 100, metro: 'a', continent: 'europe', share: 0.4 },
    rc: { as: 101, metro: 'c', continent: 'europe', share: 0.3 },
    re: { as: 102, metro: 'e', continent: 'asia', share: 0.1 },
    rb: { as: 103, metro: 'b', continent: 'europe', share: 0.1 },
    ro: { as: 102, metro: 'e', continent: 'oceania', share: 0.1 },
  },
});

export const POP = { a: 0, b: 1, c: 2, d: 3, e: 4 } as const;
export const REGION = { ra: 0, rc: 1, re: 2, rb: 3, ro: 4 } as const;

/** One way: degrees along the equator as cable, and 0.4 ms for each AS that hands over. */
export function equatorNs(degrees: number, handOffs: number): number {
  const km = (degrees * Math.PI * 6371.0088) / 180;
  return (km / 199.861) * 1.4 * 1e6 + handOffs * 400_000;
}
