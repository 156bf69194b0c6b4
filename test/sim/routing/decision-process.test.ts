import { describe, expect, it } from 'vitest';
import { decide, type CandidateRoute } from '../../../sim/routing/decision-process.ts';
import { bgpVectors } from './as-links.ts';

interface DecisionFile {
  readonly cases: readonly {
    readonly name: string;
    readonly router: { readonly asn: number };
    readonly options?: { readonly med: 'deterministic' | 'always-compare' };
    readonly steps: readonly {
      readonly routes: readonly CandidateRoute[];
      readonly best: string | null;
    }[];
  }[];
}

const ROUTE: CandidateRoute = {
  from: '10.0.0.1',
  asPath: [2, 3],
  origin: 'IGP',
  med: 0,
  localPref: 100,
  session: 'ebgp',
};

describe('decide', () => {
  for (const { name, router, options, steps } of bgpVectors<DecisionFile>('cbgp-decision').cases) {
    it(`cbgp-decision: ${name}`, () => {
      for (const { routes, best } of steps) {
        const chosen = decide(routes, { asn: router.asn, ...options });
        expect(chosen?.from ?? null).toBe(best);
        const reversed = decide(routes.toReversed(), { asn: router.asn, ...options });
        expect(reversed?.from ?? null).toBe(best);
      }
    });
  }

  /*
   * bgp-gadgets, med-egress. Router 0.4.0.5 hears four routes over iBGP, all at interior cost 5.
   * AS 3 stands 5 from its exit at both its borders (MED 5); AS 2 stands at its exit at one border
   * (MED 0) and 5 from it at the other.
   */
  it('bgp-gadgets: the rule for MED decides where AS 4 is left', () => {
    const hear = (from: string, asPath: number[], med: number): CandidateRoute => ({
      ...ROUTE,
      from,
      asPath,
      med,
      session: 'ibgp',
      igpCost: 5,
    });
    const routes = [
      hear('0.4.0.1', [3, 1], 5),
      hear('0.4.0.2', [3, 1], 5),
      hear('0.4.0.3', [2, 1], 0),
      hear('0.4.0.4', [2, 1], 5),
    ];
    const { cases } = bgpVectors<{ cases: { name: string; expect: Record<string, string> }[] }>(
      'bgp-gadgets',
    );
    const expected = cases.find(({ name }) => name === 'med-egress')!.expect;
    for (const med of ['deterministic', 'always-compare'] as const) {
      expect(expected[med]).toContain(decide(routes, { asn: 4, med })!.from);
    }
  });

  it('counts an AS_SET as one AS, and finds loops in it', () => {
    const aggregate = { ...ROUTE, from: '10.0.0.2', asPath: [[2, 3, 4]] };
    expect(decide([ROUTE, aggregate], { asn: 1 })).toBe(aggregate);
    expect(decide([aggregate], { asn: 4 })).toBe(null);
  });

  it('ranks EGP between IGP and INCOMPLETE', () => {
    const egp = { ...ROUTE, from: '10.0.0.2', origin: 'EGP' } as const;
    const incomplete = { ...ROUTE, from: '10.0.0.3', origin: 'INCOMPLETE' } as const;
    expect(decide([incomplete, egp], { asn: 1 })).toBe(egp);
  });
});
