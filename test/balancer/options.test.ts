import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { duration, probability, weight } from '../../balancer/index.ts';

function messages(schema: z.ZodType, written: unknown): string[] {
  const result = schema.safeParse(written);
  return result.success ? [] : result.error.issues.map(({ message }) => message);
}

describe('duration', () => {
  test.each([
    ['250ms', 250e6],
    ['1.5s', 1.5e9],
    ['1h30m', 5400e9],
    ['2d', 172_800e9],
    ['3ns', 3],
    ['0.1us', 100],
    ['0s', 0],
    ['1m1s1ms1us1ns', 61_001_001_001],
  ])('%s', (written, ns) => expect(duration().parse(written)).toBe(ns));

  test.each([5, '5', '5 sec', '5sec', '-5s', '30m1h', '1s1s', '', 's', null, undefined, '1e3s'])(
    'refuses %j with the forms that it knows',
    (written) => {
      expect(messages(duration(), written)).toEqual([expect.stringContaining('250ms, 1.5s')]);
    },
  );

  test('beyond 2^53 ns it says how long is too long', () => {
    expect(messages(duration(), '105d')).toEqual([expect.stringContaining('104 days')]);
  });

  test('has a JSON Schema and a default in the form of the input', () => {
    const schema = z.strictObject({ memory: duration().prefault('10s') });
    expect(schema.parse({})).toEqual({ memory: 10e9 });
    const json = z.toJSONSchema(schema, { io: 'input' });
    expect(json.properties!['memory']).toMatchObject({ type: 'string', default: '10s' });
  });
});

test('probability', () => {
  for (const [written, ratio] of [
    [0, 0],
    [0.35, 0.35],
    ['35%', 0.35],
    ['0.1%', 0.001],
    [1, 1],
  ]) {
    expect(probability().parse(written)).toBe(ratio);
  }
  for (const written of [-0.1, 1.1, '101%', '35', 'x', null, '-1%', NaN]) {
    expect(messages(probability(), written)).toEqual([expect.stringContaining('from 0 to 1')]);
  }
  expect(() => z.toJSONSchema(probability(), { io: 'input' })).not.toThrow();
});

test('weight', () => {
  expect(weight().parse(0.5)).toBe(0.5);
  for (const written of [-1, '1', Infinity, NaN]) {
    expect(messages(weight(), written)).toEqual([expect.stringContaining('a weight is')]);
  }
});
