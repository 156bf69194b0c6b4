import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CASES, NOT_RUN } from './cases/index.ts';
import { type BirthDeath, relativeVariance } from './gate/birth-death.ts';
import { metric } from './gate/quantities.ts';
import { runLength, queueLoad } from './gate/run-length.ts';
import { expectedOf, readVectors } from './gate/vectors.ts';
import { criticalT, imprecision, objection } from './gate/verdict.ts';
import { DEFECTS } from './mutation/defects.ts';

/** The gate itself: that it knows all vectors, plans well, and can say no. */

const QUEUEING = new Set([
  'mm1',
  'finite-buffer',
  'erlang-b',
  'erlang-c',
  'abandonment',
  'mg1',
  'ps',
  'priority',
  'round-robin',
  'jackson',
  'power-of-d',
  'finite-n-lb',
  'rate-limit',
  'cache',
  'transient',
]);

describe('coverage', () => {
  it('every vector is run, or there is a reason', () => {
    const ran = new Set(Object.values(CASES).flatMap((cases) => cases.map(({ id }) => id)));
    const excused = NOT_RUN.map(({ what }) => what).join(', ');
    for (const { what, reason } of NOT_RUN) console.log(`not run: ${what}: ${reason}`);
    const missing = [...QUEUEING].flatMap((file) =>
      readVectors(file)
        .map(({ id }) => id)
        .filter((id) => ![...ran].some((other) => other.split('+')[0] === id))
        .filter((id) => !excused.includes(id) && !excused.includes(file)),
    );
    expect(missing).toEqual([]);
  });

  it('the list of vector files is complete', () => {
    const folder = new URL('../vectors/queueing/', import.meta.url);
    const names = readdirSync(folder).map((file) => file.replace('.json', ''));
    const elsewhere = ['hashing', 'health-check', 'math-determinism', 'network', 'rng'];
    expect(names.filter((name) => !QUEUEING.has(name)).sort()).toEqual(elsewhere);
  });
});

describe('run length', () => {
  it("M/M/1: the variance of the time average is Whitt's", () => {
    for (const vector of readVectors('mm1')) {
      const rho = expectedOf(vector, 'rho');
      const process: BirthDeath = { birth: () => rho, death: () => 1 };
      const computed = relativeVariance(process, (n) => n) * expectedOf(vector, 'L') ** 2;
      expect(computed / expectedOf(vector, 'asymvar_timeavg_N')).toBeCloseTo(1, 6);
    }
  });

  it('cuts 20 relaxation times and keeps 100', () => {
    // ρ/(1−√ρ)² = 71.8 arrivals at ρ = 0.8
    const load = queueLoad({ arrivalRate: 0.8, utilisation: 0.8 });
    const length = runLength({ ...load, halfWidth: 1 }, 'full', [])!;
    expect(length.cutUnits * 0.8).toBeCloseTo(20 * 71.777, 1);
    expect(length.relaxations).toBeCloseTo(100, 9);
  });
});

describe('verdict', () => {
  const quantity = metric('W', 5, 'latency_mean_s');
  const measured = (mean: number, standardError: number) => ({
    quantity,
    mean,
    standardError,
    halfWidth: 2.093 * standardError,
  });

  it('allows six or seven standard errors where hundreds of numbers are compared', () => {
    // t₁₉ at 1 − 1e-3/2 is 3.883
    expect(criticalT(1)).toBeCloseTo(3.883, 3);
    expect(criticalT(500)).toBeGreaterThan(6);
    expect(criticalT(500)).toBeLessThan(8);
  });

  it('objects to a wrong mean, and to a wide interval', () => {
    const length = { cutUnits: 1, windowUnits: 1, relaxations: 100, halfWidthMax: 0.01 };
    expect(objection(measured(5.05, 0.01), 6)).toBeNull();
    expect(objection(measured(5.07, 0.01), 6)).toContain('W: 5.07 instead of 5');
    expect(objection(measured(4.93, 0.01), 6)).toContain('W: 4.93 instead of 5');
    expect(imprecision(measured(5, 0.02), length)).toBeNull();
    expect(imprecision(measured(5, 0.03), length)).toContain('half-width');
  });
});

describe('the defects of the mutation check', () => {
  it('are twenty, can still be planted, and name cases that exist', () => {
    expect(DEFECTS.length).toBeGreaterThanOrEqual(20);
    const ids = Object.values(CASES).flatMap((cases) => cases.map(({ id }) => id));
    for (const { what, file, from, cases } of DEFECTS) {
      const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
      expect(text.split(from), `${what}: ${file} has changed`).toHaveLength(2);
      expect(ids).toEqual(expect.arrayContaining([...cases]));
    }
  });
});
