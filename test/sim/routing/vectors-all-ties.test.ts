import { describe, expect, it } from 'vitest';
import { bgpVectors, graphFromLinks, type AsLink } from './as-links.ts';
import { messageRibOf, ribOf, sortedPaths, type Announce, type Rib } from './solved-ribs.ts';

interface File {
  readonly cases: readonly {
    readonly name: string;
    readonly links: readonly AsLink[];
    readonly announce: readonly Announce[];
    readonly importAcceptOrigin: Readonly<Record<string, readonly number[]>>;
    readonly rib: Rib;
  }[];
}

const FILES = [
  'tm-implicit-withdrawal',
  'tm-implicit-withdrawal-multihop',
  'tm-preferred',
  'tm-multiple-choices',
  'tm-peer-peer',
  'tm-peer-lock',
];

for (const file of FILES) {
  describe(file, () => {
    for (const each of bgpVectors<File>(file).cases) {
      const graph = graphFromLinks(each.links);
      const expected = Object.fromEntries(
        Object.entries(each.rib).map(([asn, { from, paths }]) => [
          asn,
          { from, paths: sortedPaths(paths) },
        ]),
      );
      const filters = each.importAcceptOrigin;
      const accepts = (as: number, _: number, path: readonly number[]) =>
        filters[graph.asns[as]!]?.includes(graph.asns[path.at(-1)!]!) ?? true;

      it(`${each.name}: messages end at the published tables`, () => {
        expect(messageRibOf(graph, each.announce, 'all', { accepts })).toEqual(expected);
      });
      // Import filters exist in messages only.
      it.skipIf(Object.keys(filters).length > 0)(
        `${each.name}: the solver finds the published tables`,
        () => {
          expect(ribOf(graph, each.announce, 'all')).toEqual(expected);
        },
      );
    }
  });
}

describe('tm-diamond-exhaustive', () => {
  it('gets AS 5 right for all 729 assignments of relations', () => {
    const { rows } = bgpVectors<{ rows: [string, string | null, number[]][] }>(
      'tm-diamond-exhaustive',
    );
    expect(rows.length).toBe(729);
    const pairs = [
      [1, 2],
      [1, 3],
      [1, 4],
      [2, 5],
      [3, 5],
      [4, 5],
    ] as const;
    for (const [letters, from, transits] of rows) {
      const links = pairs.map(([a, b], i): AsLink => {
        if (letters[i] === 'p') return [a, b, 'p2p'];
        return letters[i] === 'd' ? [a, b, 'p2c'] : [b, a, 'p2c'];
      });
      const rib = ribOf(graphFromLinks(links), [{ origin: 1 }], 'all');
      const paths = transits.map((transit) => [transit, 1]);
      expect(rib['5'], letters).toEqual({ from, paths });
    }
  });
});
