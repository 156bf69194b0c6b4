import { describe, expect, it } from 'vitest';
import {
  PathVector,
  type PathVectorOptions,
  type PathVectorPolicy,
} from '../../../sim/routing/path-vector.ts';
import { bgpVectors } from './as-links.ts';
import { namedStreams } from './virtual-timers.ts';

interface Gadget {
  readonly name: string;
  readonly links: readonly (readonly [number, number])[];
  readonly localPref: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly prependTo?: Readonly<Record<string, number>>;
}

const GADGETS = bgpVectors<{ cases: readonly Gadget[] }>('bgp-gadgets').cases;
/** AS numbers of the files are 1 … 4; index 0 stays unused. */
const ORIGIN = 1;

type Order = NonNullable<PathVectorOptions['order']>;

function gadget(name: string, order: Order = 'sent', without?: readonly [number, number]) {
  const { links, localPref, prependTo } = GADGETS.find((each) => each.name === name)!;
  const policy: PathVectorPolicy = {
    prefer: (as, neighbour) => localPref[as]?.[neighbour] ?? 0,
    tell: (as, neighbour, route) => (route.from === as ? (prependTo?.[neighbour] ?? 0) : 0),
  };
  const isKept = ([a, b]: readonly [number, number]) => a !== without?.[0] || b !== without[1];
  const kept = links.filter(isKept);
  const engine = new PathVector({ asCount: 5, links: kept, policy, ties: 'lowest', order });
  engine.originate(ORIGIN);
  return engine;
}

const pathsOf = (engine: PathVector, ases: readonly number[]) =>
  ases.map((as) => engine.best(as)[0]?.path ?? null);

describe('gadgets of Griffin, Shepherd and Wilfong', () => {
  it('bad gadget never converges', () => {
    for (const order of ['sent', 'rounds'] as const) {
      const { converged, messageCount } = gadget('bad-gadget', order).run(100_000);
      expect(converged).toBe(false);
      expect(messageCount).toBeGreaterThanOrEqual(100_000);
    }
  });

  /*
   * The file gives preferences by neighbour, so that 2 may also take 3's path over 4: 2 → 3 → 4 → 1
   * is then stable, and lucky orders find it. The gadget of the paper permits only the direct path
   * and the one over the preferred neighbour alone, and has no stable state at all.
   */
  it('bad gadget with the permitted paths of the paper never converges in any order', () => {
    const { links, localPref } = GADGETS.find(({ name }) => name === 'bad-gadget')!;
    const policy: PathVectorPolicy = {
      prefer: (as, neighbour, path) => (path.length > 2 ? null : (localPref[as]?.[neighbour] ?? 0)),
      tell: () => 0,
    };
    for (let seed = 0; seed < 20; seed++) {
      const order = namedStreams(`bad/${seed}`)('order', 0);
      const engine = new PathVector({ asCount: 5, links, policy, ties: 'lowest', order });
      engine.originate(ORIGIN);
      expect(engine.run(5_000).converged).toBe(false);
    }
  });

  it('disagree oscillates in lock step and else ends in one of two states', () => {
    expect(gadget('disagree', 'rounds').run(10_000).converged).toBe(false);
    expect(gadget('disagree', 'sent').run(10_000).converged).toBe(true);
    const ends = new Set<string>();
    for (let seed = 0; seed < 50; seed++) {
      const engine = gadget('disagree', namedStreams(`disagree/${seed}`)('order', 0));
      expect(engine.run(10_000).converged).toBe(true);
      ends.add(JSON.stringify(pathsOf(engine, [2, 3])));
    }
    expect([...ends].sort()).toEqual(['[[1],[2,1]]', '[[3,1],[1]]']);
  });

  it('a wedgie stays on the backup after the primary link is back', () => {
    // The backup link comes up second, as it would in an orderly turn-up.
    const engine = gadget('wedgie-3-4', 'sent', [1, 4]);
    expect(engine.run(1_000).converged).toBe(true);
    engine.linkUp(1, 4);
    expect(engine.run(1_000).converged).toBe(true);
    const primary = [[1], [2, 1], [3, 2, 1]];
    expect(pathsOf(engine, [2, 3, 4])).toEqual(primary);

    engine.linkDown(1, 2);
    expect(engine.run(1_000).converged).toBe(true);
    const backup = [
      [3, 4, 1, 1, 1, 1],
      [4, 1, 1, 1, 1],
      [1, 1, 1, 1],
    ];
    expect(pathsOf(engine, [2, 3, 4])).toEqual(backup);

    engine.linkUp(1, 2);
    expect(engine.run(1_000).converged).toBe(true);
    expect(pathsOf(engine, [2, 3, 4])).toEqual([[1], ...backup.slice(1)]);

    // By hand: taking the backup link down and up again restores the primary state.
    engine.linkDown(1, 4);
    engine.run(1_000);
    engine.linkUp(1, 4);
    expect(engine.run(1_000).converged).toBe(true);
    expect(pathsOf(engine, [2, 3, 4])).toEqual(primary);
  });

  it('forgets a withdrawn prefix everywhere', () => {
    const engine = gadget('wedgie-3-4');
    engine.run(1_000);
    engine.withdraw(ORIGIN);
    expect(engine.run(1_000).converged).toBe(true);
    expect(pathsOf(engine, [1, 2, 3, 4])).toEqual([null, null, null, null]);
  });
});
