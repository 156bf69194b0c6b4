import { expect, test } from 'vitest';
import { CircuitBreaker } from '../../../balancer/index.ts';

test('a circuit breaker refuses what exceeds its limit and counts it', () => {
  const breaker = new CircuitBreaker({ requests: 2, pending: 0, retries: 1 });
  expect([1, 2, 3].map(() => breaker.tryTake('requests'))).toEqual([true, true, false]);
  expect(breaker.isOpen('requests')).toBe(true);
  breaker.release('requests');
  expect(breaker.tryTake('requests')).toBe(true);
  expect(breaker.tryTake('pending')).toBe(false);
  expect(breaker.refused).toEqual({ requests: 1, pending: 1, retries: 0 });
  expect(() => breaker.release('retries')).toThrow(/released twice/);
});
