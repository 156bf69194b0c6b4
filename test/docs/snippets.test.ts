import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeScenario } from '../../scenarios/index.ts';
import { withGeneratedPart } from '../../scripts/docs/generated-part.ts';
import { keyReference } from '../../scripts/docs/key-reference.ts';
import { METRIC_MEANINGS } from '../../scripts/docs/metric-meanings.ts';
import { metricReference, metricScopes } from '../../scripts/docs/metric-reference.ts';
import { scenarioReference } from '../../scripts/docs/scenario-reference.ts';

/** What the documentation shows must work, and what it lists must be there. */

const PAGES = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)].filter(
  (page) => page.endsWith('.md') && existsSync(page),
);

/** Whole scenarios of a page, each with the line at which it begins. */
function scenariosOf(page: string): readonly { readonly where: string; readonly text: string }[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/^```yaml\n(.*?)^```$/gms)]
    .map(({ 1: snippet, index }) => ({
      where: `${page}:${text.slice(0, index).split('\n').length}`,
      text: snippet!,
    }))
    .filter(({ text: snippet }) => /^version: 1$/m.test(snippet));
}

describe('scenarios in the documentation', () => {
  const scenarios = PAGES.flatMap(scenariosOf);

  it('are found', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(3);
  });

  it.each(scenarios)('$where is valid and warns of nothing', ({ where, text }) => {
    const decoded = decodeScenario(where, text);
    const said = decoded.ok ? decoded.warnings : decoded.diagnostics;
    expect(said.map(({ code, line, message }) => `${code} ${line} ${message}`)).toEqual([]);
  });
});

describe('links in the documentation', () => {
  const links = PAGES.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(({ 1: target }) => ({
      page,
      target: target!,
    })),
  );

  it.each(links)('$page → $target', ({ page, target }) => {
    const from = new URL(page, `file://${process.cwd()}/`);
    expect(existsSync(new URL(target, from))).toBe(true);
  });
});

describe('generated parts', () => {
  it.each([scenarioReference, metricReference, keyReference])('$page is up to date', (part) => {
    const advice = 'run npx tsx scripts/docs/write-all.ts';
    expect(readFileSync(part.page, 'utf8'), advice).toBe(withGeneratedPart(part));
  });

  it('tell what every metric means, and of no other', () => {
    expect([...metricScopes().keys()].sort()).toEqual(Object.keys(METRIC_MEANINGS).sort());
  });
});
