import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BackendTable, NO_BACKEND, type BackendIndex } from '../../balancer/index.ts';

function tableOf(count: number, panicThreshold = 0): BackendTable {
  const table = new BackendTable(panicThreshold);
  for (let i = 0; i < count; i++) table.add({ id: `b${i}` });
  return table;
}

function eligible(table: BackendTable): number[] {
  return Array.from({ length: table.eligibleCount }, (_, i) => table.eligibleAt(i));
}

const at = (index: number) => index as BackendIndex;

describe('membership', () => {
  test('slots are handed out in order and a vacated one is used again', () => {
    const table = tableOf(3);
    table.remove(at(1));
    expect(eligible(table)).toEqual([0, 2]);
    expect(table.add({ id: 'new', weight: 7 })).toBe(1);
    expect(eligible(table)).toEqual([0, 1, 2]);
    expect(table.slotCount).toBe(3);
    expect(table.weight(at(1))).toBe(7);
  });

  test('nothing starts at a backend that has left since it was picked', () => {
    const table = new BackendTable();
    const backend = table.add({ id: 'a' });
    table.remove(backend);
    expect(() => table.started(backend)).toThrow('slot 0 holds no backend');
    expect(table.inFlightTotal).toBe(0);
  });

  test('a slot with a request in flight stays vacant until it has finished', () => {
    const table = tableOf(2);
    table.started(at(0));
    table.remove(at(0));
    expect(table.add({ id: 'next' })).toBe(2);
    table.finished(at(0));
    expect(table.add({ id: 'after' })).toBe(0);
  });

  test('ids are unique, weights are finite and not negative', () => {
    const table = tableOf(1);
    expect(() => table.add({ id: 'b0' })).toThrow('a member already');
    for (const weight of [-1, NaN, Infinity]) {
      expect(() => table.add({ id: 'x', weight })).toThrow(RangeError);
      expect(() => table.setWeight(at(0), weight)).toThrow(RangeError);
    }
    expect(table.find('b0')).toBe(0);
    expect(table.find('x')).toBe(NO_BACKEND);
    table.remove(at(0));
    expect(table.find('b0')).toBe(NO_BACKEND);
    expect(() => table.setHealthy(at(0), false)).toThrow('holds no backend');
  });

  test('finishing more than was started is a bug', () => {
    expect(() => tableOf(1).finished(at(0))).toThrow('never started');
  });
});

describe('panic threshold', () => {
  // 4 backends, threshold 50 %: 2 well is 50 %, not below; 1 well is 25 %: below.
  test('health is ignored strictly below the threshold, and heeded again at it', () => {
    const table = tableOf(4, 0.5);
    table.setHealthy(at(0), false);
    table.setEjected(at(1), true);
    expect(eligible(table)).toEqual([2, 3]);
    table.setHealthy(at(2), false);
    expect(table.isPanicking).toBe(true);
    expect(eligible(table)).toEqual([0, 1, 2, 3]);
    table.setHealthy(at(2), true);
    expect(eligible(table)).toEqual([2, 3]);
  });

  test('it does not bring back what was drained or has no weight', () => {
    const table = tableOf(4, 0.5);
    table.setEnabled(at(0), false);
    table.setWeight(at(1), 0);
    table.setHealthy(at(2), false);
    table.setHealthy(at(3), false);
    expect(eligible(table)).toEqual([2, 3]);
  });

  test('0 never panics', () => {
    const table = tableOf(1);
    table.setHealthy(at(0), false);
    expect(table.eligibleCount).toBe(0);
  });
});

test('the dense list is what the definition says after any history', () => {
  const step = fc.record({
    verb: fc.constantFrom('add', 'remove', 'healthy', 'enabled', 'ejected', 'weight'),
    pick: fc.nat(),
    on: fc.boolean(),
    weight: fc.constantFrom(0, 1, 5),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), fc.constantFrom(0, 0.5, 1), (steps, panic) => {
      const table = new BackendTable(panic);
      interface Row {
        healthy: boolean;
        enabled: boolean;
        ejected: boolean;
        weight: number;
      }
      const model = new Map<number, Row>();
      steps.forEach(({ verb, pick, on, weight }, number) => {
        if (verb === 'add') {
          const backend = table.add({ id: `n${number}`, weight });
          model.set(backend, { healthy: true, enabled: true, ejected: false, weight });
          return;
        }
        const members = [...model.keys()];
        if (members.length === 0) return;
        const backend = at(members[pick % members.length]!);
        const row = model.get(backend)!;
        if (verb === 'remove') {
          table.remove(backend);
          model.delete(backend);
        } else if (verb === 'healthy') table.setHealthy(backend, (row.healthy = on));
        else if (verb === 'enabled') table.setEnabled(backend, (row.enabled = on));
        else if (verb === 'ejected') table.setEjected(backend, (row.ejected = on));
        else table.setWeight(backend, (row.weight = weight));
      });
      const usable = [...model].filter(([, row]) => row.enabled && row.weight > 0);
      const well = usable.filter(([, row]) => row.healthy && !row.ejected);
      const expected = well.length < panic * usable.length ? usable : well;
      expect(eligible(table)).toEqual(expected.map(([index]) => index).sort((a, b) => a - b));
      for (let slot = 0; slot < table.slotCount; slot++) {
        expect(table.isEligible(at(slot))).toBe(eligible(table).includes(slot));
      }
    }),
    { numRuns: 300, seed: 1 },
  );
});
