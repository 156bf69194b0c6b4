import { describe, expect, it } from 'vitest';
import { catchmentByLowestAsn } from '../../../sim/routing/tied-routes.ts';
import { bgpVectors, graphFromLinks, type AsLink, type AsnGraph } from './as-links.ts';
import { messageRibOf, ribOf, solve, type Announce, type Rib } from './solved-ribs.ts';

interface PrefixedFile {
  readonly announce: readonly (Announce & { readonly prefix: string })[];
  readonly links: readonly AsLink[];
  /** By ASN, then prefix. */
  readonly rib: Readonly<
    Record<string, Readonly<Record<string, { from: string; path: number[] }>>>
  >;
  readonly outcome: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, readonly string[]>>;
}

const FILES = ['000', '001', '002', '003', '004', '006', '011', '032', '033'];

/** "only AS777 may originate 1.2.0.0/16 (max length 16)": its /24s, other origins are invalid. */
function isInvalid(prefix: string, origin: number): boolean {
  if (prefix === '1.0.0.0/8') return false; // no authorisation covers it: unknown, not invalid
  return origin !== 777 || prefix !== '1.2.0.0/16';
}

for (const number of FILES) {
  describe(`bgpy-ex_${number}`, () => {
    const file = bgpVectors<PrefixedFile>(`bgpy-ex_${number}`);
    const graph = graphFromLinks(file.links);
    const prefixes = [...new Set(file.announce.map(({ prefix }) => prefix))];
    const ribs = new Map(prefixes.map((prefix) => [prefix, messageRib(file, graph, prefix)]));

    it('messages end at the published tables', () => {
      for (const prefix of prefixes) {
        for (const asn of graph.asns) {
          const expected = file.rib[asn]![prefix];
          const actual = ribs.get(prefix)![asn]!;
          const isLeaker = file.settings?.[asn]?.includes('LEAKER') === true;
          expect(actual.paths, `AS ${asn} ${prefix}`).toEqual(
            expected === undefined || expected.from === 'origin' ? [] : [expected.path],
          );
          // The upstream tool labels the leaker's own route `customer` (see the file's note).
          if (!isLeaker) expect(actual.from, `AS ${asn} ${prefix}`).toBe(expected?.from ?? null);
        }
      }
    });

    it('traffic ends where published, by longest match', () => {
      for (const asn of graph.asns) expect(outcome(asn), `AS ${asn}`).toBe(file.outcome[asn]);
    });

    it.skipIf(file.settings !== undefined)('the solver finds the same tables', () => {
      for (const prefix of prefixes) {
        expect(ribOf(graph, announcementsOf(file, prefix), 'lowest')).toEqual(ribs.get(prefix));
      }
    });

    function outcome(start: number): string {
      const byLength = prefixes.toSorted((a, b) => maskOf(b) - maskOf(a));
      for (let asn = start, hop = 0; hop < 20; hop++) {
        if (file.settings?.[asn]?.includes('LEAKER') === true) return 'attacker'; // it intercepts
        const isOwn = (prefix: string) => ribs.get(prefix)![asn]!.from === 'origin';
        if (prefixes.some(isOwn)) return asn === 666 ? 'attacker' : 'legitimate';
        const match = byLength.find((prefix) => ribs.get(prefix)![asn]!.from !== null);
        if (match === undefined) return 'disconnected';
        asn = ribs.get(match)![asn]!.paths[0]![0]!;
      }
      throw new Error('forwarding loop');
    }
  });
}

const maskOf = (prefix: string) => Number(prefix.split('/')[1]);
const announcementsOf = (file: PrefixedFile, prefix: string) =>
  file.announce.filter((each) => each.prefix === prefix);

function messageRib(file: PrefixedFile, graph: AsnGraph, prefix: string): Rib {
  return messageRibOf(graph, announcementsOf(file, prefix), 'lowest', {
    accepts(as, neighbour, path) {
      const settings = file.settings?.[graph.asns[as]!] ?? [];
      if (!isInvalid(prefix, graph.asns[path.at(-1)!]!)) return true;
      return !settings.includes('ROV') && !(settings.includes('PEER_ROV') && isPeer(as, neighbour));
    },
    leaks: (as) => file.settings?.[graph.asns[as]!]?.includes('LEAKER') === true,
  });

  function isPeer(as: number, neighbour: number): boolean {
    const [a, b] = [graph.asns[as]!, graph.asns[neighbour]!];
    return file.links.some(
      ([x, y, kind]) => kind === 'p2p' && ((x === a && y === b) || (x === b && y === a)),
    );
  }
}

describe('bird-random-anycast', () => {
  interface BirdFile {
    readonly cases: readonly {
      readonly name: string;
      readonly links: readonly AsLink[];
      readonly announce: readonly Announce[];
      readonly rib: Readonly<Record<string, { from: string; path: readonly number[] }>>;
      readonly catchment: Readonly<Record<string, number>>;
    }[];
  }
  for (const each of bgpVectors<BirdFile>('bird-random-anycast').cases) {
    const graph = graphFromLinks(each.links);
    const expected = Object.fromEntries(
      Object.entries(each.rib).map(([asn, { from, path }]) => [
        asn,
        { from, paths: from === 'origin' ? [] : [path] },
      ]),
    );

    it(`${each.name}: solver and messages end at what BIRD daemons had`, () => {
      expect(ribOf(graph, each.announce, 'lowest')).toEqual(expected);
      expect(messageRibOf(graph, each.announce, 'lowest')).toEqual(expected);
    });

    it(`${each.name}: catchments have BIRD's sizes, origins counted in their own`, () => {
      const site = new Int32Array(graph.asCount);
      const originAsn = (index: number) => each.announce[index]!.origin;
      catchmentByLowestAsn(solve(graph, each.announce), graph.asns, originAsn, site);
      const counts: Record<string, number> = {};
      for (const { origin } of each.announce) counts[origin] = 1;
      for (const index of site) if (index >= 0) counts[originAsn(index)]! += 1;
      expect(counts).toEqual(each.catchment);
    });
  }
});

describe('cbgp-policies', () => {
  interface PoliciesFile {
    readonly links: readonly AsLink[];
    readonly export: {
      readonly announce: Readonly<Record<string, number>>;
      readonly hasRoute: Readonly<Record<string, readonly string[]>>;
    };
    readonly prefer: readonly { prefix: string; origins: number[]; bestAtAS1: number }[];
  }
  const file = bgpVectors<PoliciesFile>('cbgp-policies');
  const graph = graphFromLinks(file.links);

  it('tells each kind of neighbour what it may hear', () => {
    for (const [asn, expected] of Object.entries(file.export.hasRoute)) {
      const heard = Object.entries(file.export.announce)
        .filter(([, origin]) => ribOf(graph, [{ origin }], 'lowest')[asn]!.from !== null)
        .map(([prefix]) => prefix);
      expect(heard, `AS ${asn}`).toEqual(expected);
    }
  });

  it('prefers customers over peers over providers', () => {
    for (const { origins, bestAtAS1 } of file.prefer) {
      const rib = ribOf(
        graph,
        origins.map((origin) => ({ origin })),
        'lowest',
      );
      expect(rib['1']!.paths).toEqual([[bestAtAS1]]);
    }
  });
});
