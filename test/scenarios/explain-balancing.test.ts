import { describe, expect, it } from 'vitest';
import { healthChecks, healthNotes, policies, policyNotes } from '../../balancer/index.ts';
import { explain } from '../../scenarios/index.ts';

function linesOf(word: string, topic?: 'policies' | 'health'): readonly string[] {
  const explained = explain(word, topic);
  expect(explained.found).toBe(true);
  return explained.found ? explained.explanations.flatMap(({ lines }) => lines) : [];
}

describe('notes', () => {
  it('are there for every policy and health check, and for nothing else', () => {
    const names = (entries: readonly { readonly name: string }[]) =>
      entries.map(({ name }) => name).sort();
    expect(Object.keys(policyNotes).sort()).toEqual(names(policies));
    expect(Object.keys(healthNotes).sort()).toEqual(names(healthChecks));
  });
});

describe('explain', () => {
  it.each(policies.map(({ name }) => name))('policy %s: options, cost, use, source', (name) => {
    const text = linesOf(name, 'policies').join('\n');
    for (const part of ['options:', 'use: ', 'avoid: ', 'cost of a pick: ', 'source: ']) {
      expect(text).toContain(part);
    }
  });

  it.each(healthChecks.map(({ name }) => name))('health %s: options, delay, source', (name) => {
    const text = linesOf(name, 'health').join('\n');
    for (const part of ['options:', 'use: ', 'avoid: ', 'detects a death', 'source: ']) {
      expect(text).toContain(part);
    }
  });

  it('options are said as they are written, with defaults', () => {
    expect(linesOf('peak-ewma')).toContain(
      '  decay: duration, default 10s — age at which a sample has lost all but 1/e',
    );
    expect(linesOf('maglev')).toContain(
      '  table_size: whole number 2 to 5000011, default 65537 — slots of the table, a prime',
    );
    expect(linesOf('haproxy', 'health').join('\n')).toContain('percentage, default 0 —');
    expect(linesOf('envoy', 'health')).toContain('  interval: duration, required');
  });

  it('a topic leaves the others out', () => {
    const nothing = explain('maglev', 'health');
    expect(nothing.found).toBe(false);
    expect(linesOf('leastconn', 'policies')[0]).toBe(
      "'leastconn' of other products is 'least-request' here",
    );
  });
});
