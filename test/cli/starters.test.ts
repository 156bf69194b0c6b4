import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeScenario, describePlan, expand, requestRun } from '../../scenarios/index.ts';

const folder = new URL('../../cli/starters/', import.meta.url);

describe('what init writes', () => {
  it.each(readdirSync(folder))('%s is valid, commented, and can be planned', (file) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    expect(text).toMatch(/^# /);
    const decoded = decodeScenario(file, text);
    expect(decoded.ok ? [] : decoded.diagnostics).toEqual([]);
    if (!decoded.ok) return;
    const plans = expand(decoded.value);
    if (!plans.ok) throw new Error('no plans');
    const request = requestRun(decoded.value, plans.value);
    if (decoded.value.thresholds.length > 0) {
      expect(request.replications.least, 'enough for verdicts').toBeGreaterThanOrEqual(10);
    }
    const plan = describePlan(request);
    expect(plan.sections.map(({ topic }) => topic)).toContain('load');
    expect(plan.warnings).toEqual([]);
  });
});
