import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  loadResults,
  OtherBaselines,
  runScenario,
  type Comparison,
  type StoredResults,
} from '../../scenarios/index.ts';
import { DamagedPiece } from '../../cli/view/data-piece.ts';
import { storedPieces } from '../../cli/view/stored-source.ts';
import { labWorld, mm1Options, mm1Request, plan } from '../scenarios/running/mm1-request.ts';

const options = mm1Options();
const log = join(options.outDir, 'results.jsonl');
let results: StoredResults;
beforeAll(async () => {
  const speeds = { slow: 1, fast: 1.1, faster: 1.2 };
  const plans = Object.entries(speeds).map(([name, speed]) =>
    plan(name, labWorld(name, { speed }), name === 'slow'),
  );
  await runScenario(mm1Request({ plans }), options);
  results = await loadResults(options.outDir);
});
afterAll(() => rmSync(options.outDir, { recursive: true }));

const idsOf = (): string[] =>
  [...storedPieces(results).keys()].filter((id) => id.startsWith('comparisons'));

const ofPair = (all: readonly Comparison[], strategy: string): Comparison =>
  all.find((one) => one.strategy === strategy && one.metric === 'latency_p95_s')!;

describe('comparisons against another strategy than the baseline', () => {
  it('are those of the report where it is the baseline', async () => {
    const others = new OtherBaselines(results);
    const own = await others.comparisonsAgainst('slow');
    expect(own.length).toBeGreaterThan(0);
    expect(own).toEqual(results.summary.comparisons);
  });

  it('are the same pairs turned round, and pairs that the report does not have', async () => {
    const against = await new OtherBaselines(results).comparisonsAgainst('fast');
    const mirrored = ofPair(against, 'slow');
    const reported = ofPair(results.summary.comparisons, 'fast');
    expect(mirrored.difference!.mean).toBeCloseTo(-reported.difference!.mean, 9);
    expect(mirrored.difference!.low).toBeCloseTo(-reported.difference!.high!, 9);
    // Ratios: 1 + r of one is 1 ÷ (1 + r) of the other.
    const product =
      (1 + mirrored.relative_difference!.mean) * (1 + reported.relative_difference!.mean);
    expect(product).toBeCloseTo(1, 9);
    expect(mirrored.verdict).toBe('worse');
    expect(ofPair(against, 'faster')).toMatchObject({
      baseline: 'fast',
      verdict: 'better',
      difference: { replications: 10 },
    });
  });

  it('are a piece for each strategy but the baseline, worked out once', async () => {
    expect(idsOf()).toEqual(['comparisons-1', 'comparisons-2']);
    const pieces = storedPieces(results);
    const piece = pieces.get('comparisons-2')!;
    const text = (await piece.read()).toString('utf8');
    expect(JSON.parse(text)).toMatchObject({ format: 1, baseline: 'faster' });
    expect(await piece.read()).toBe(await piece.read());
    expect(piece.etag).not.toBe(pieces.get('comparisons-1')!.etag);
  });

  it('are not there without the log, nor through a link, nor from one that is gone', async () => {
    const piece = storedPieces(results).get('comparisons-1')!;
    renameSync(log, `${log}.kept`);
    expect(idsOf()).toEqual([]);
    await expect(piece.read()).rejects.toThrow(DamagedPiece);
    symlinkSync(`${log}.kept`, log);
    expect(idsOf()).toEqual([]);
    rmSync(log);
    renameSync(`${log}.kept`, log);
    expect(idsOf()).toHaveLength(2);
  });
});
