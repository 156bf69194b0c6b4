import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Summary } from '../../scenarios/index.ts';
import { type CompiledPackage, compilePackage, ROOT } from './compiled.ts';
import { extract } from './extract.ts';
import { type RunChanges, summaryOf } from './run-in-process.ts';
import { STORIES, Story } from './stories.ts';

/**
 * Each scenario of the library in a short form: its figures must be those of the golden file, and
 * its comment must be true. After a change that is meant to move figures:
 * `UPDATE_GOLDEN=1 npx vitest run test/golden`, and say in the commit why they moved. Scenarios in
 * folders of the library are not among these: theirs are told in `test/balancing-stories`.
 */
const SHORT_FORMS: Readonly<Record<string, RunChanges>> = {
  // The closed form wants its twenty replications of half an hour each.
  'mm1-lab': {},
  'pop-lab': { replications: '1' },
  'routing-shootout': { replications: '2', until: '2m' },
  'pop-failure': { replications: '1' },
  'origin-overload': { replications: '1' },
  'autoscale-surge': { replications: '1' },
  geant: { replications: '1' },
};

const LIBRARY = join(ROOT, 'scenarios/library');
const GOLDEN = join(ROOT, 'test/golden');
const UPDATES = process.env['UPDATE_GOLDEN'] === '1';

let product: CompiledPackage;
beforeAll(() => {
  product = compilePackage('golden');
});
afterAll(() => product.remove());

it('has a short form and a story for every scenario of the library', () => {
  const names = readdirSync(LIBRARY)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length));
  expect(Object.keys(SHORT_FORMS).sort()).toEqual(names.sort());
  expect(Object.keys(STORIES).sort()).toEqual(names.sort());
});

describe.each(Object.entries(SHORT_FORMS))('%s', (name, changes) => {
  let summary: Summary;
  beforeAll(async () => {
    summary = await summaryOf(product, join(LIBRARY, `${name}.yaml`), changes);
  });

  it('gives the figures of its golden file', () => {
    const file = join(GOLDEN, `${name}.json`);
    if (UPDATES) {
      mkdirSync(GOLDEN, { recursive: true });
      writeFileSync(file, `${JSON.stringify(extract(summary), null, 2)}\n`);
    }
    expect(extract(summary)).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it.each(STORIES[name]!.map((claim) => [claim.says, claim] as const))('%s', (_, claim) => {
    claim.check(new Story(summary));
  });
});
