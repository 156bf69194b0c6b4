import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mathisBps, synLossNs, transferNs } from '../../../sim/network/transport.ts';

interface Case {
  readonly id: string;
  readonly inputs: Record<string, number>;
  readonly expected: Record<string, number>;
}

const file = new URL('../../vectors/queueing/network.json', import.meta.url);
const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[];

describe('slow start', () => {
  for (const { id, inputs, expected } of cases.filter((each) => each.id.startsWith('slowstart'))) {
    it(`${id}: equals the definition`, () => {
      const ns = transferNs(inputs['bytes']!, inputs['rtt_s']! * 1e9, inputs['bps']!);
      expect(ns / 1e9).toBeCloseTo(expected['time_s']!, 11);
    });
  }

  it('is one way for what fits in the initial window on a fast path', () => {
    expect(transferNs(14_600, 50e6, Infinity)).toBe(25e6);
    expect(transferNs(14_601, 50e6, Infinity)).toBe(75e6);
  });

  it('is the serialisation once the pipe is full', () => {
    // 1 Mbit/s, 10 ms: a window of 10 segments lasts longer than an RTT at once.
    expect(transferNs(146_000, 10e6, 1e6)).toBeCloseTo(5e6 + 100 * 1460 * 8 * 1e3, 3);
  });
});

describe('loss', () => {
  for (const { id, inputs, expected } of cases.filter((each) => each.id.startsWith('tcp-'))) {
    it(`${id}: Mathis' rate`, () => {
      const bps = mathisBps(inputs['rtt_s']! * 1e9, inputs['loss']!);
      expect(bps / expected['mathis_bps']!).toBeCloseTo(1, 9);
    });
  }

  it('costs 1, 3, 7 s of SYN retries', () => {
    expect(synLossNs(0.2, 0.1)).toBe(0);
    expect(synLossNs(0.05, 0.1)).toBe(1e9);
    expect(synLossNs(0.005, 0.1)).toBe(3e9);
    expect(synLossNs(0.0005, 0.1)).toBe(7e9);
    expect(synLossNs(0.0005, 0)).toBe(0);
  });
});
