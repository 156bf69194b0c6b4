import { describe, expect, test } from 'vitest';
import { purposeKey, RandomStreams, Stream, uniformFrom } from '../../../sim/kernel/random.ts';
import vectors from '../../vectors/queueing/rng.json' with { type: 'json' };
import { Mrg32k3a } from './mrg32k3a.ts';
import { philox4x32 } from './philox.ts';

describe('the generators to check against reproduce their published answers', () => {
  test('MRG32k3a', () => {
    const { inputs, expected } = vectors.find(({ id }) => id === 'mrg32k3a-12345')!;
    const generator = new Mrg32k3a(inputs.state!);
    for (const u of expected.u!) expect(generator.uniform()).toBeCloseTo(u, 15);
    for (let i = expected.u!.length; i < 1e6; i++) generator.uniform();
    expect(generator.state).toEqual(expected.state_after_1e6);
  });

  test('Philox4x32-10', () => {
    const { inputs, expected } = vectors.find(({ id }) => id === 'philox4x32-10-kat')!;
    const words = (hex: string[]): number[] => hex.map((word) => parseInt(word, 16));
    for (const [i, { ctr, key }] of inputs.cases!.entries()) {
      expect(philox4x32(words(ctr), words(key))).toEqual(words(expected.out![i] as string[]));
    }
    expect(philox4x32([1, 0, 0, 0], [0, 0])).toEqual(words(expected.ctr1_key0!));
  });
});

describe('named streams', () => {
  const draw = (seed: string, replication: number, purpose: string, entity: string | number) =>
    new RandomStreams(seed, replication).stream(purpose, entity).uint32();

  test('depend on every part of the name, and on nothing else', () => {
    const first = draw('seed', 0, 'arrivals', 'AMS');
    expect(draw('seed', 0, 'arrivals', 'AMS')).toBe(first);
    const others = [
      draw('seeds', 0, 'arrivals', 'AMS'),
      draw('seed', 1, 'arrivals', 'AMS'),
      draw('seed', 0, 'service', 'AMS'),
      draw('seed', 0, 'arrivals', 'FRA'),
      // no part can pass for another, in any alphabet
      draw('seed/0', 0, 'arrivals', 'AMS'),
      draw('seed', 0, 'arrivals/A', 'MS'),
      draw('seed', 0, 'arrivals', '城'),
      draw('seed', 0, 'arrivals', 'Î'),
      first,
    ];
    expect(new Set(others).size).toBe(others.length);
  });

  test('have the numbers that were recorded', () => {
    const stream = new RandomStreams('anycastle', 3).stream('arrivals', 'AMS');
    const drawn = [stream.uint32(), stream.uint32(), stream.uniform(), stream.below(1000)];
    expect(drawn).toEqual([3194246639, 3915672320, 0.7706197964448614, 731]);
  });

  test('have one owner', () => {
    const streams = new RandomStreams('seed', 0);
    streams.stream('service', 7);
    streams.stream('service', 8);
    expect(() => streams.stream('service', 7)).toThrow(/has an owner/);
    expect(() => streams.stream('service', '7')).toThrow(/has an owner/);
  });
});

describe('a stream', () => {
  test('is sfc32: the recurrence written again with big integers', () => {
    const mask = 0xffff_ffffn;
    let [a, b, c, counter] = [11n, 22n, 33n, 44n];
    const next = (): number => {
      const result = (a + b + counter) & mask;
      counter = (counter + 1n) & mask;
      a = b ^ (b >> 9n);
      b = (c + (c << 3n)) & mask;
      c = ((((c << 21n) & mask) | (c >> 11n)) + result) & mask;
      return Number(result);
    };
    for (let round = 0; round < 12; round++) next();
    const stream = new Stream(11, 22, 33, 44);
    for (let i = 0; i < 1000; i++) expect(stream.uint32()).toBe(next());
  });

  test('uniforms are odd multiples of 2^-53', () => {
    const stream = new Stream(1, 2, 3, 4);
    for (let i = 0; i < 10_000; i++) expect((stream.uniform() * 2 ** 53) % 2).toBe(1);
  });

  test('draws fill their ranges evenly', () => {
    const stream = new Stream(5, 6, 7, 8);
    // χ² with 99 degrees of freedom: 99 ± 14; 0.99999 quantile 163
    expect(chiSquare(100, () => Math.floor(stream.uniform() * 100))).toBeLessThan(163);
    expect(chiSquare(100, () => stream.below(100))).toBeLessThan(163);
    expect(chiSquare(100, () => stream.uint32() % 100)).toBeLessThan(163);
    // the low bits as well
    expect(chiSquare(100, () => Math.floor((stream.uniform() * 2 ** 40) % 100))).toBeLessThan(163);
    let successes = 0;
    for (let i = 0; i < 1e5; i++) successes += Number(stream.bernoulli(0.3));
    // binomial: sd = √(1e5 · 0.3 · 0.7) = 145
    expect(Math.abs(successes - 3e4)).toBeLessThan(4 * 145);
  });

  test('exponential variates have their mean and their second moment', () => {
    const stream = new Stream(9, 10, 11, 12);
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < 1e6; i++) {
      const x = stream.exponential(2);
      sum += x;
      squares += x * x;
    }
    // sd of X is 2, of X² is √(24 − 4)·4
    expect(Math.abs(sum / 1e6 - 2)).toBeLessThan(4 * 2e-3);
    expect(Math.abs(squares / 1e6 - 8)).toBeLessThan(4 * Math.sqrt(20) * 4e-3);
  });
});

describe('uniforms by request seed and purpose', () => {
  const object = purposeKey('object');
  const service = purposeKey('service');

  test('are functions of the two', () => {
    expect(uniformFrom(12, object)).toBe(uniformFrom(12, object));
    expect(uniformFrom(12, object)).not.toBe(uniformFrom(12, service));
    expect(uniformFrom(12, object)).not.toBe(uniformFrom(13, object));
    expect((uniformFrom(0xffff_ffff, service) * 2 ** 53) % 2).toBe(1);
    expect([object, service]).toEqual([3407230323, 139531797]);
  });

  test('are even over consecutive seeds, and over seeds that differ in high bits only', () => {
    for (const scale of [1, 2 ** 12]) {
      let seed = 0;
      expect(
        chiSquare(100, () => Math.floor(uniformFrom(seed++ * scale, object) * 100)),
      ).toBeLessThan(163);
      seed = 0;
      const lowDigits = () => Math.floor((uniformFrom(seed++ * scale, object) * 2 ** 44) % 100);
      expect(chiSquare(100, lowDigits)).toBeLessThan(163);
    }
  });

  test('of two purposes, of two neighbours, are independent', () => {
    const tenth = (seed: number, purpose: number) => Math.floor(uniformFrom(seed, purpose) * 10);
    let seed = 0;
    const purposes = () => tenth(seed, object) * 10 + tenth(seed++, service);
    expect(chiSquare(100, purposes)).toBeLessThan(163);
    const neighbours = () => tenth(seed, object) * 10 + tenth(++seed, object);
    expect(chiSquare(100, neighbours)).toBeLessThan(163);
    // purposes as near as can be: keys that differ in one bit
    const near = () => tenth(seed, object) * 10 + tenth(seed++, object ^ 1);
    expect(chiSquare(100, near)).toBeLessThan(163);
  });
});

/** χ² of 100,000 draws from 0 … cells − 1 against equal shares. */
function chiSquare(cells: number, draw: () => number): number {
  const counts = new Float64Array(cells);
  const expected = 1e5 / cells;
  for (let i = 0; i < 1e5; i++) counts[draw()]!++;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
