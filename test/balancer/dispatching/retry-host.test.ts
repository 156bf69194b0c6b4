import { expect, test } from 'vitest';
import { pickForRetry, type BackendIndex } from '../../../balancer/index.ts';
import { filled, policyOf } from '../filled-balancer.ts';

test('a retry avoids whom a predicate rejects, for so many picks, then goes all the same', () => {
  const balancer = filled(policyOf('round-robin', {}), 4);
  const request = { keyHash: 0, attempt: 1 };
  const asked: BackendIndex[] = [];
  const rejectFirst = (count: number) => (backend: BackendIndex) => asked.push(backend) <= count;
  expect(pickForRetry(balancer, request, rejectFirst(1))).not.toBe(asked[0]);
  expect(asked).toHaveLength(2);
  asked.length = 0;
  expect(pickForRetry(balancer, request, rejectFirst(9), 3)).toBe(asked[3]);
  expect(asked).toHaveLength(4);
});
