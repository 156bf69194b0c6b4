import { describe, expect, test } from 'vitest';
import { cos, exp, expm1, log, log1p, pow, sin } from '../../../sim/kernel/math.ts';
import { gamma } from '../../../sim/kernel/gamma.ts';
import { normalQuantile } from '../../../sim/kernel/normal.ts';
import vectors from '../../vectors/queueing/math-determinism.json' with { type: 'json' };
import { fromHex, ulpsBetween } from './double-bits.ts';

const math = { cos, exp, expm1, log, log1p, pow, sin };

type Name = 'exp' | 'expm1' | 'log' | 'log1p' | 'pow' | 'sin' | 'cos';

function call(functions: Pick<Math, Name>, name: Name, args: number[]): number {
  return name === 'pow' ? functions.pow(args[0]!, args[1]!) : functions[name](args[0]!);
}

test('117 correctly rounded results are met within one unit in the last place', () => {
  const rows = vectors[0]!.expected.rows;
  expect(rows).toHaveLength(117);
  for (const { fn, args, correctly_rounded: expected } of rows) {
    const got = call(math, fn as Name, args.map(fromHex));
    expect(ulpsBetween(got, fromHex(expected)), `${fn}(${args})`).toBeLessThanOrEqual(1);
  }
});

describe('against the engine, itself within one ulp, on 20,000 arguments', () => {
  /** Quasi-random: multiples of the golden ratio cover the range evenly. */
  const grid = (low: number, high: number): number[] =>
    Array.from({ length: 20_000 }, (_, i) => low + (high - low) * ((i * 0.6180339887498949) % 1));
  const cases: [Name, number[][]][] = [
    ['log', grid(-740, 709).map((x) => [Math.exp(x)])],
    ['log', grid(0.5, 2).map((x) => [x])],
    ['exp', grid(-745, 709.7).map((x) => [x])],
    ['exp', grid(-1, 1).map((x) => [x])],
    ['log1p', grid(-1, 1).map((x) => [x])],
    ['log1p', grid(-40, 600).map((x) => [Math.exp(x)])],
    ['expm1', grid(-40, 100).map((x) => [x])],
    ['expm1', grid(-1, 1).map((x) => [x])],
    ['sin', grid(-1e6, 1e6).map((x) => [x])],
    ['sin', grid(-7, 7).map((x) => [x])],
    ['cos', grid(-1e6, 1e6).map((x) => [x])],
    ['cos', grid(-7, 7).map((x) => [x])],
    ['pow', grid(-30, 30).map((x, i) => [Math.exp(x), ((i * 0.7548776662) % 1) * 20 - 10])],
    ['pow', grid(1, 1e6).map((x) => [x, -0.9])],
  ];
  test.each(cases)('%s', (name, inputs) => {
    let worst = 0;
    for (const args of inputs) {
      worst = Math.max(worst, ulpsBetween(call(math, name, args), call(Math, name, args)));
    }
    expect(worst).toBeLessThanOrEqual(2);
  });
});

test('special arguments give what Math gives', () => {
  const values = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 1e300, -1e300, 5e-324, 1e-310, 1e-20];
  values.push(Number.MAX_VALUE, Infinity, -Infinity, NaN, 1024, -1075, 0.7071067811865476);
  for (const x of values) {
    for (const name of ['exp', 'expm1', 'log', 'log1p'] as const) {
      expect(ulpsBetween(math[name](x), Math[name](x)), `${name}(${x})`).toBeLessThanOrEqual(1);
    }
    for (const y of values) {
      expect(ulpsBetween(math.pow(x, y), Math.pow(x, y)), `${x}^${y}`).toBeLessThanOrEqual(1);
    }
  }
});

test('an angle too large to reduce is refused, not answered wrongly', () => {
  expect(() => math.sin(1e9)).toThrow(RangeError);
  expect(math.cos(NaN)).toBeNaN();
  expect(math.sin(Infinity)).toBeNaN();
});

/** The bits themselves, so that a change on any engine, or of the code, shows. */
test('results have the bits that were recorded', () => {
  let hash = 0;
  const cell = new Float64Array(1);
  const words = new Uint32Array(cell.buffer);
  for (let i = 1; i <= 3000; i++) {
    const x = (i * 0.6180339887498949) % 1;
    const results = [
      math.log(x),
      math.exp(x * 90 - 45),
      math.pow(x * 50, x * 9 - 4),
      math.sin(i * x),
    ];
    results.push(math.cos(i * x), math.log1p(x), math.expm1(-x), normalQuantile(x), gamma(x * 20));
    for (const result of results) {
      cell[0] = result;
      hash = Math.imul(hash ^ words[0]!, 0x9e37_79b1) + (words[1]! ^ (hash >>> 15));
    }
  }
  expect((hash >>> 0).toString(16)).toBe('a0d378ea');
});

test('normal quantiles', () => {
  // Φ⁻¹ by mpmath-grade tables; 0.025, 0.75, 0.999 and far tails
  expect(normalQuantile(0.5)).toBe(0);
  expect(normalQuantile(0.75)).toBeCloseTo(0.6744897501960817, 15);
  expect(normalQuantile(0.025)).toBeCloseTo(-1.959963984540054, 14);
  expect(normalQuantile(0.999)).toBeCloseTo(3.090232306167813, 14);
  expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 13);
  // Φ(Φ⁻¹(p)) = p, the integral of the density by Simpson's rule
  for (const p of [0.01, 0.1, 0.3, 0.6, 0.9, 0.99, 0.9999]) {
    expect(
      0.5 + integral((x) => Math.exp((-x * x) / 2), normalQuantile(p)) / Math.sqrt(2 * Math.PI),
    ).toBeCloseTo(p, 12);
  }
});

function integral(density: (x: number) => number, end: number): number {
  const steps = 2000;
  let sum = density(0) + density(end);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * density((end * i) / steps);
  return (sum * end) / steps / 3;
}

test('the gamma function: factorials, Γ(1/2) = √π, and the reflection formula', () => {
  let factorial = 1;
  for (let n = 1; n < 25; n++) {
    expect(gamma(n) / factorial).toBeCloseTo(1, 12);
    factorial *= n;
  }
  expect(gamma(0.5)).toBeCloseTo(Math.sqrt(Math.PI), 13);
  for (const x of [0.1, 0.25, 0.7]) {
    expect((gamma(x) * gamma(1 - x) * Math.sin(Math.PI * x)) / Math.PI).toBeCloseTo(1, 12);
  }
});
