import { describe, expect, it } from 'vitest';
import { BackendTable, type BackendIndex } from '../../../balancer/index.ts';
import { SlotOwners } from '../../../balancer/pools/slot-owners.ts';

/** a, b and c in slots 0, 1 and 2; `told` is what one more update says. */
function threeOwners(keepsAbsent: boolean) {
  const pool = new BackendTable();
  const slots = ['a', 'b', 'c'].map((id) => pool.add({ id }));
  const owners = new SlotOwners({ keepsAbsent });
  const told = () => {
    const changes: string[] = [];
    owners.update(pool, {
      joined: (slot) => changes.push(`+${slot}`),
      left: (slot) => changes.push(`-${slot}`),
    });
    return changes.join(' ');
  };
  expect(told()).toBe('+0 +1 +2');
  expect(told()).toBe('');
  return { pool, owners, told, b: slots[1]! };
}

describe('owners of slots', () => {
  it.each([true, false])('change when a slot is used again (absent are kept: %s)', (keeps) => {
    const { pool, told, b } = threeOwners(keeps);
    pool.remove(b);
    expect(pool.add({ id: 'd' })).toBe(b);
    expect(told()).toBe('-1 +1');
  });

  it('who is away for a while is the same as before, where absent ones are kept', () => {
    const { pool, owners, told, b } = threeOwners(true);
    pool.setHealthy(b, false);
    expect(told()).toBe('');
    expect(owners.has(b)).toBe(true);
    pool.setHealthy(b, true);
    expect(told()).toBe('');
  });

  it('and is new where they are not', () => {
    const { pool, owners, told, b } = threeOwners(false);
    pool.setHealthy(b, false);
    expect(told()).toBe('-1');
    expect(owners.has(b)).toBe(false);
    pool.setHealthy(b, true);
    expect(told()).toBe('+1');
    expect(owners.has(7 as BackendIndex)).toBe(false);
  });
});
