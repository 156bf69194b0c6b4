import fc from 'fast-check';
import type { Network, Relation } from '../../../topology/index.ts';
import { announceOnSessions, type Announcements } from '../../../sim/routing/announcements.ts';
import { smallNetwork, type SmallNetwork } from './small-network.ts';

const METROS = ['a', 'b', 'c', 'd', 'e', 'f'];

/**
 * Random networks without customer cycles: AS i may only be a provider of AS j > i. Sessions of
 * POPs are of all three relations, ASes share metros or do not.
 */
export const networks: fc.Arbitrary<Network> = fc
  .record({
    asCount: fc.integer({ min: 2, max: 12 }),
    // Per pair: nothing, peers, or provider of the later one.
    pairs: fc.array(fc.constantFrom('none', 'none', 'p2p', 'p2c'), {
      minLength: 66,
      maxLength: 66,
    }),
    places: fc.array(fc.subarray(METROS), { minLength: 12, maxLength: 12 }),
    longitudes: fc.uniqueArray(fc.integer({ min: 0, max: 170 }), { minLength: 6, maxLength: 6 }),
    pops: fc.array(
      fc.record({
        metro: fc.constantFrom(...METROS),
        sessions: fc.uniqueArray(fc.tuple(fc.nat(11), fc.constantFrom<Relation>(0, 1, 2)), {
          minLength: 1,
          maxLength: 4,
          selector: ([as]) => as,
        }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ asCount, pairs, places, longitudes, pops }) => {
    const links: [number, number, 'p2c' | 'p2p'][] = [];
    let pair = 0;
    for (let a = 0; a < asCount; a++) {
      for (let b = a + 1; b < asCount; b++) {
        const kind = pairs[pair++]!;
        if (kind !== 'none') links.push([a + 1, b + 1, kind as 'p2c' | 'p2p']);
      }
    }
    const small: SmallNetwork = {
      metros: Object.fromEntries(METROS.map((name, i) => [name, [0, longitudes[i]!]])),
      ases: Object.fromEntries(Array.from({ length: asCount }, (_, as) => [as + 1, places[as]!])),
      links,
      pops: Object.fromEntries(
        pops.map(({ metro, sessions }, i) => [
          `p${i}`,
          {
            metro,
            continent: 'europe',
            sessions: Object.fromEntries(
              sessions.map(([as, relation]) => [1 + (as % asCount), relation]),
            ),
          },
        ]),
      ),
      regions: Object.fromEntries(
        Array.from({ length: asCount }, (_, as) => [
          `r${as}`,
          { as: as + 1, metro: METROS[as % 6]!, continent: 'europe', share: 1 / asCount },
        ]),
      ),
    };
    return smallNetwork(small);
  });

/** A path length for each session, 0 = silent; more entries than any network has sessions. */
export const lengths = fc.array(fc.constantFrom(0, 1, 1, 2, 3, 5), {
  minLength: 16,
  maxLength: 16,
});

export function announcementsOf(
  network: Network,
  sessionLengths: readonly number[],
): Announcements {
  return announceOnSessions(network, (session) => sessionLengths[session % 16]!);
}
