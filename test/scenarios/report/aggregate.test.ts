import { describe, expect, it } from 'vitest';
import type { RunResult, Summary } from '../../../sim/index.ts';
import { aggregate, exitCodeFor, renderReport } from '../../../scenarios/report/index.ts';
import { runReplication } from '../running/mm1-replication.ts';
import { labWorld, mm1Request, plan } from '../running/mm1-request.ts';
import { threshold } from './run-results.ts';

const event = {
  name: 'mid',
  atNs: 8e9,
  untilNs: 12e9,
  targets: [],
  action: { verb: 'surge', factor: 1 },
} as const;
const plans = [
  plan('slow', labWorld('slow', { events: [event], timeline_s: 1 }), true),
  plan('fast', labWorld('fast', { speed: 1.1, events: [event] })),
  plan('same', labWorld('same', { events: [event] })),
];
const request = mm1Request({
  plans,
  thresholds: [threshold({ text: 'mean(latency) < 1s', limit: { op: '<', value: 1, unit: 's' } })],
  notes: ['W0107 a note'],
});

async function summaryOf(count = 12): Promise<Summary> {
  const results = await Promise.all(
    plans.map(({ world }) =>
      Promise.all(
        Array.from({ length: count }, (_, replication) => runReplication(world, '1', replication)),
      ),
    ),
  );
  return aggregated(results);
}

function aggregated(results: readonly (readonly RunResult[])[], isPartial = false): Summary {
  return aggregate({
    request,
    sha256: 'abc',
    results,
    warmUp: { preRunNs: 0, cutNs: 2e9 },
    isPartial,
    notes: ['how warm'],
  });
}

it('says how many requests had not ended, as they are in no figure', async () => {
  const results = await Promise.all(
    plans.map(({ world }) =>
      Promise.all([0, 1].map((replication) => runReplication(world, '1', replication))),
    ),
  );
  const stuck = results.map((all, plan) =>
    all.map((result, r) => (plan === 1 ? { ...result, unfinished: 3 + r } : result)),
  );
  expect(aggregated(results).notes.join()).not.toContain('had not ended');
  expect(aggregated(stuck).notes.filter((note) => note.includes('had not ended'))).toEqual([
    'fast: 3.5 requests a replication had not ended when the run was over and are in no figure; ' +
      'a timeout would end them',
  ]);
});

describe('without common random numbers', () => {
  it('comparisons are not paired, and the summary says so', async () => {
    const results = await Promise.all(
      plans.map(({ world }) =>
        Promise.all(Array.from({ length: 10 }, (_, r) => runReplication(world, '1', r))),
      ),
    );
    const input = { sha256: 'abc', results, warmUp: { preRunNs: 0, cutNs: 2e9 }, notes: [] };
    const of = (common: boolean) =>
      aggregate({
        ...input,
        isPartial: false,
        request: { ...request, commonRandomNumbers: common },
      });
    const [paired, apart] = [of(true), of(false)];
    expect(paired.run).not.toHaveProperty('common_random_numbers');
    expect(apart.run.common_random_numbers).toBe(false);
    const same = (summary: Summary) =>
      summary.comparisons.find(({ strategy, metric }) => strategy === 'same' && metric !== 'x')!;
    expect(same(paired)).not.toHaveProperty('paired');
    expect(same(paired).difference).toMatchObject({ low: 0, high: 0 });
    expect(same(apart)).toMatchObject({ paired: false, variance_reduction: null });
    expect(same(apart).difference!.high! - same(apart).difference!.low!).toBeGreaterThan(0);
  });
});

describe('the summary', () => {
  it('has the shape of format 1', async () => {
    const summary = await summaryOf();
    expect(summary).toMatchObject({
      format: 1,
      scenario: { name: 'mm1', sha256: 'abc' },
      baseline: 'slow',
      gate: ['slow'],
      run: {
        seed: '1',
        replications: 12,
        duration_s: 20,
        warmup_s: 2,
        fidelity: 'request',
        partial: false,
      },
    });
    expect(Object.keys(summary.strategies)).toEqual(['slow', 'fast', 'same']);
    const slow = summary.strategies['slow']!;
    expect(slow.settings).toEqual({ speed: 1 });
    expect(slow.fingerprints).toHaveLength(12);
    expect(slow.fingerprints[0]).toMatch(/^[0-9a-f]{16}$/);
    for (const estimate of [
      slow.metrics['latency_mean_s'],
      slow.pops['lab']!['requests'],
      slow.windows['mid']!.metrics['latency_p95_s'],
      slow.windows['mid']!.before['requests'],
    ]) {
      expect(estimate!.low).toBeLessThan(estimate!.mean);
      expect(estimate!.high).toBeGreaterThan(estimate!.mean);
      expect(estimate!.replications).toBe(12);
    }
    expect(summary.notes.slice(0, 2)).toEqual(['W0107 a note', 'how warm']);
    expect(JSON.stringify(summary)).not.toMatch(/NaN|Infinity/);
  });

  it('finds the faster server better in every replication, and its twin no different', async () => {
    const { comparisons, rankings } = await summaryOf();
    const of = (strategy: string, during?: string) =>
      comparisons.find(
        (entry) =>
          entry.strategy === strategy &&
          entry.metric === 'latency_p95_s' &&
          entry.during === during,
      )!;
    expect(of('fast')).toMatchObject({ verdict: 'better', better_in: 12, baseline: 'slow' });
    expect(of('fast').relative_difference!.high).toBeLessThan(0);
    expect(of('fast').variance_reduction).toBeGreaterThan(1);
    expect(of('fast', 'mid').relative_difference!.replications).toBe(12);
    expect(of('same')).toMatchObject({
      verdict: 'no difference shown',
      relative_difference: { mean: 0 },
      p_adjusted: 1,
    });
    expect(rankings[0]).toMatchObject({
      metric: 'latency_p95_s',
      order: ['fast', 'slow', 'same'],
      best_candidates: ['fast'],
    });
  });

  it('p-values are corrected: never below the single one', async () => {
    const { comparisons } = await summaryOf();
    const tested = comparisons.filter(({ p_adjusted: p }) => p !== null);
    expect(tested).toHaveLength(comparisons.length);
    expect(comparisons.length).toBe(2 * 2 * 3);
  });

  it('below ten replications there is no verdict, and it says so', async () => {
    const summary = await summaryOf(4);
    expect(summary.comparisons.every(({ verdict }) => verdict === 'inconclusive')).toBe(true);
    expect(summary.thresholds.every(({ result }) => result === 'inconclusive')).toBe(true);
    expect(summary.notes).toContain('4 replications: verdicts and thresholds need 10');
  });

  it('with nothing finished is still a summary: no data, not a crash', () => {
    const summary = aggregated([[], [], []], true);
    expect(summary.run).toMatchObject({ replications: 0, partial: true });
    expect(summary.comparisons).toEqual([]);
    expect(summary.thresholds.every(({ result }) => result === 'no data')).toBe(true);
    expect(() =>
      (['json', 'md', 'csv'] as const).map((format) => renderReport(summary, format)),
    ).not.toThrow();
  });

  it('keeps an entity called __proto__ as data', async () => {
    const result = await runReplication(plans[0]!.world, '1', 0);
    const strange = { ...result, pops: JSON.parse('{"__proto__":{"requests":5}}') };
    const { pops } = aggregated([[strange], [], []]).strategies['slow']!;
    expect(Object.keys(pops)).toEqual(['__proto__']);
    expect(JSON.stringify(pops)).toContain('"__proto__":{"requests":{"mean":5');
  });
});

describe('exit codes', () => {
  const judged = (...results: Summary['thresholds'][number]['result'][]): Summary =>
    ({
      gate: ['slow'],
      thresholds: [
        ...results.map((result) => ({ text: '', strategy: 'slow', value: null, result })),
        { text: '', strategy: 'fast', value: null, result: 'fail' },
      ],
    }) as unknown as Summary;

  it.each([
    [['pass'], 0],
    [[], 0],
    [['pass', 'fail', 'inconclusive'], 10],
    [['no data'], 10],
    [['pass', 'inconclusive'], 11],
  ] as const)('%j → %d', (results, code) => {
    expect(exitCodeFor(judged(...results), null)).toBe(code);
  });

  it('--allow-inconclusive makes 11 a 0, but not 10', () => {
    expect(exitCodeFor(judged('inconclusive'), null, { allowInconclusive: true })).toBe(0);
    expect(exitCodeFor(judged('fail'), null, { allowInconclusive: true })).toBe(10);
  });
});

describe('other formats', () => {
  it('Markdown: thresholds, comparison, metrics, notes; names break no table', async () => {
    const summary = await summaryOf();
    const text = renderReport({ ...summary, notes: ['a | b <script>\n# c'] }, 'md');
    expect(text).toContain('| mean(latency) &lt; 1s | ✓ pass');
    expect(text).toMatch(
      /\| fast \| latency_p95_s \| whole run \| -[\d.]+ % \[-[\d.]+, -[\d.]+\] \| .* \| better \|/,
    );
    expect(text).toContain('- a \\| b &lt;script> # c');
    expect(text).toMatch(/\| latency_mean_s \| \d+(\.\d+)? ±\d+(\.\d+)? ms \|/);
  });

  it('CSV: one line an estimate, in base units', async () => {
    const summary = await summaryOf();
    const [head, first] = renderReport(summary, 'csv').split('\n');
    expect(head).toBe('strategy,scope,entity,metric,mean,low,high,replications');
    const { mean, low, high } = summary.strategies['slow']!.metrics['requests']!;
    expect(first).toBe(`slow,world,,requests,${mean},${low},${high},12`);
  });
});
