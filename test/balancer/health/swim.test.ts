import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import { Awareness } from '../../../balancer/health/swim/awareness.ts';
import {
  pushPullIntervalNs,
  retransmitLimit,
  suspicionTimeoutNs,
} from '../../../balancer/health/swim/scaling.ts';
import { remainingSuspicionNs } from '../../../balancer/health/swim/suspicion.ts';
import { SwimMember, type SwimMessage } from '../../../balancer/index.ts';
import { readVectors } from '../read-vectors.ts';

const vectors = readVectors<{
  suspicion_remaining: {
    cases: { n: number; k: number; elapsed: number; min: number; max: number; remaining: number }[];
  };
  suspicion_timeout: { mult: number; timeout_div_mult_ms: Record<string, number> };
  awareness: { max: number; steps: [number, number, number][] };
  retransmit_limit: { cases: [number, number, number][] };
  push_pull_scale_s: Record<string, number>;
}>('balancing/hc-swim-lifeguard.json');

describe('the arithmetic of memberlist', () => {
  test.each(vectors.suspicion_remaining.cases)('$n of $k confirm', (row) => {
    const { n, k, elapsed, min, max, remaining } = row;
    expect(remainingSuspicionNs(n, k, elapsed * 1e6, min * 1e6, max * 1e6)).toBe(remaining * 1e6);
  });

  test('suspicion timeout, retransmissions, full exchanges', () => {
    const { mult, timeout_div_mult_ms: timeouts } = vectors.suspicion_timeout;
    for (const [n, ms] of Object.entries(timeouts)) {
      expect(suspicionTimeoutNs(mult, Number(n), 1e9)).toBe(mult * ms * 1e6);
    }
    for (const [factor, n, limit] of vectors.retransmit_limit.cases) {
      expect(retransmitLimit(factor, n)).toBe(limit);
    }
    for (const [range, seconds] of Object.entries(vectors.push_pull_scale_s)) {
      for (const n of range.split('..'))
        expect(pushPullIntervalNs(1e9, Number(n))).toBe(seconds * 1e9);
    }
  });

  test('awareness', () => {
    const awareness = new Awareness(vectors.awareness.max);
    for (const [delta, score, timeout] of vectors.awareness.steps) {
      awareness.applyDelta(delta);
      expect([awareness.score, awareness.scaleTimeoutNs(1)]).toEqual([score, timeout]);
    }
  });
});

describe('a member', () => {
  const LAN = {
    probeIntervalNs: 1e9,
    probeTimeoutNs: 500e6,
    indirectChecks: 3,
    suspicionFactor: 4,
    suspicionMostFactor: 6,
    awarenessMost: 8,
  };
  const group = (size: number) => {
    const member = new SwimMember(0, LAN, seedrandom.alea('swim'));
    for (let about = 1; about < size; about++) {
      member.receive({ kind: 'alive', about, incarnation: 1, from: about }, 0);
    }
    return member;
  };
  const suspect = (about: number, from: number, incarnation = 1): SwimMessage => ({
    kind: 'suspect',
    about,
    incarnation,
    from,
  });

  test('probes everybody once a round', () => {
    const member = group(9);
    const rounds = [0, 1].map(() => Array.from({ length: 8 }, () => member.nextProbe()!));
    for (const round of rounds) expect(round.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(rounds[0]).not.toEqual(rounds[1]);
    expect(group(1).nextProbe()).toBeUndefined();
    const helpers = member.helpersFor(3);
    expect(helpers).toHaveLength(3);
    expect(helpers).not.toContain(3);
  });

  test('suspects, then buries: 24 s alone, 4 s with two confirmations', () => {
    // n = 9: the least is 4 · max(1, log₁₀ 9) · 1 s = 4 s, the most 6 · 4 s = 24 s, 2 expected.
    const alone = group(9);
    expect(alone.probeFailed(5, 3, 3, 0)).toEqual([suspect(5, 0)]);
    expect(alone.standingOf(5)).toBe('suspect');
    expect(alone.dueNs()).toBe(24e9);
    expect(alone.advance(23.9e9)).toEqual([]);
    expect(alone.advance(24e9).map(({ kind }) => kind)).toEqual(['dead']);
    const confirmed = group(9);
    confirmed.probeFailed(5, 3, 3, 0);
    expect(confirmed.receive(suspect(5, 2), 0)).toHaveLength(1);
    expect(confirmed.receive(suspect(5, 2), 0)).toEqual([]);
    // 24 − ln 2 ÷ ln 3 · 20 = 11.381 s.
    expect(confirmed.dueNs()).toBe(11.381e9);
    confirmed.receive(suspect(5, 3), 0);
    expect(confirmed.dueNs()).toBe(4e9);
    expect(confirmed.receive(suspect(5, 4), 0)).toEqual([]);
  });

  test('the accused refutes with a higher incarnation, which clears it', () => {
    const accused = new SwimMember(5, LAN, () => 0);
    const [refutation] = accused.receive(suspect(5, 0), 0);
    expect(refutation).toEqual({ kind: 'alive', about: 5, incarnation: 2, from: 5 });
    expect(accused.awareness.score).toBe(1);
    const accuser = group(9);
    accuser.probeFailed(5, 3, 3, 0);
    accuser.receive(refutation!, 1e9);
    expect(accuser.standingOf(5)).toBe('alive');
    expect(accuser.receive(suspect(5, 3), 2e9)).toEqual([]);
  });

  test('missing nacks make it distrust itself and wait longer', () => {
    const member = group(9);
    member.probeFailed(5, 3, 1, 0);
    expect(member.probeTimeoutNs()).toBe(1.5e9);
    member.probeAnswered();
    expect(member.probeTimeoutNs()).toBe(1e9);
  });
});
