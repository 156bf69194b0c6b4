import { describe, expect, it } from 'vitest';
import { decodeScenario, describePlan, expand, requestRun } from '../../../scenarios/index.ts';
import { LAB, worldOf } from './texts.ts';

function requestOf(text: string, file = 'lab.yaml', only: readonly string[] = []) {
  const decoded = decodeScenario(file, text);
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.diagnostics));
  const plans = expand(decoded.value);
  if (!plans.ok) throw new Error('no plans');
  return requestRun(decoded.value, plans.value, only);
}

describe('what a run is asked for', () => {
  it('carries precision with its confidence, common random numbers, gate and story', () => {
    const run = 'replications: 10..40, precision: 5% on p95(latency) at 90%';
    const text = `${LAB.replace('replications: 20', `${run}, common_random_numbers: off`)}gate: [b]
strategies: { a: random, b: maglev }
story: [{ at: 1m, text: all is calm }, then it is not]
`;
    expect(requestOf(text)).toMatchObject({
      commonRandomNumbers: false,
      precision: { metric: 'latency_p95_s', relative: 0.05, confidence: 0.9 },
      replications: { least: 10, most: 40 },
      gate: ['b'],
      story: [
        { atNs: 60e9, text: 'all is calm' },
        { atNs: null, text: 'then it is not' },
      ],
    });
    expect(requestOf(LAB)).toMatchObject({ commonRandomNumbers: true, precision: null });
  });

  it('--only keeps strategies; the first takes the place of a baseline that is gone', () => {
    const text = `${LAB}strategies: { a: random, b: maglev, c: least-request }\ngate: [a, c]\n`;
    const { plans, gate } = requestOf(text, 'lab.yaml', ['b', 'c']);
    expect(plans.map(({ name, isBaseline }) => [name, isBaseline])).toEqual([
      ['b', true],
      ['c', false],
    ]);
    expect(gate).toEqual(['c']);
    expect(requestOf(text, 'lab.yaml', ['b']).gate).toEqual(['b']);
    expect(() => requestOf(text, 'lab.yaml', ['d'])).toThrow(/no strategy 'd'/);
  });

  it('does not depend on how the file was named', () => {
    const hot = LAB.replace('80/s', '180/s');
    const near = requestOf(hot, 'lab.yaml');
    expect(near.notes).toHaveLength(1);
    expect(requestOf(hot, '../some/where/lab.yaml').notes).toEqual(near.notes);
  });
});

describe('overload', () => {
  it('is said once in the plan', () => {
    const { warnings } = describePlan(requestOf(LAB.replace('80/s', '180/s')));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^pop\/lab is overloaded: ρ = 1\.80 /);
  });

  it('processors of processor sharing count: 80/s × 10 ms ÷ 2 = 40 %', () => {
    const ps = LAB.replace('concurrency: 1', 'concurrency: 2, discipline: ps');
    const { sections } = describePlan(requestOf(ps));
    expect(sections.find(({ topic }) => topic === 'load')!.lines[0]).toMatch(
      /pop\/lab 40 % of 200/,
    );
  });
});

describe('panic', () => {
  it('health.panic_threshold reaches the balancers', () => {
    const text = `${LAB}health: { active: { interval: 2s }, panic_threshold: 50% }\n`;
    expect(worldOf(text).balancer.panicThreshold).toBe(0.5);
    expect(worldOf(LAB).balancer).not.toHaveProperty('panicThreshold');
  });
});
