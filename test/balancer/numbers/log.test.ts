import { expect, test } from 'vitest';
import { logOfUniform32 } from '../../../balancer/numbers/log.ts';

test('within 2 units in the last place of ln((x + ½) ÷ 2³²), ends included', () => {
  const edges = [0, 1, 2, 3, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1];
  const spread = Array.from({ length: 20_000 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 0);
  let worst = 0;
  for (const x of [...edges, ...spread]) {
    const expected = Math.log((x + 0.5) / 2 ** 32);
    worst = Math.max(worst, Math.abs(logOfUniform32(x) / expected - 1));
  }
  expect(worst).toBeLessThanOrEqual(2 * Number.EPSILON);
});

test('never falls as x grows', () => {
  let falls = 0;
  for (let x = 0; x < 2 ** 32 - 1; x = x * 1.001 + 1) {
    const whole = Math.floor(x);
    if (logOfUniform32(whole + 1) < logOfUniform32(whole)) falls++;
  }
  expect(falls).toBe(0);
});
