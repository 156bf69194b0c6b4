import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { listLibrary } from '../../scenarios/index.ts';
import { storiesPage } from '../../scripts/docs/balancing/stories-page.ts';
import { withGeneratedPart } from '../../scripts/docs/generated-part.ts';

const LIBRARY = listLibrary();
const STORIES = LIBRARY.filter(({ group }) => group.startsWith('balancing/'));

it('a name is in the library once, in whatever folder', () => {
  const names = LIBRARY.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(LIBRARY.find(({ name }) => name === 'mm1-lab')?.group).toBe('');
  expect(STORIES.length).toBeGreaterThan(20);
});

it.each(STORIES.map((story) => [story.name, story] as const))(
  '%s says its name, its source, and what must be visible',
  (name, { file, description }) => {
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(`\nname: ${name}\n`);
    expect(description).not.toBe('');
    const comment = text.slice(0, text.indexOf('version: 1'));
    expect(comment).toContain('Visible');
    expect(comment).toMatch(/#\d+|arXiv|NSDI|OSDI|HotOS|Fastly|RFC/);
  },
);

it('each is told by a test', () => {
  const folder = new URL('./', import.meta.url);
  const tests = readdirSync(folder)
    .filter((entry) => entry.endsWith('.test.ts'))
    .map((entry) => readFileSync(new URL(entry, folder), 'utf8'))
    .join('');
  const untold = STORIES.filter(({ name }) => !tests.includes(`describe('${name}', `));
  expect(untold.map(({ name }) => name)).toEqual([]);
});

it('the page of stories is up to date', () => {
  const advice = 'run npx tsx scripts/docs/write-all.ts';
  expect(readFileSync(storiesPage.page, 'utf8'), advice).toBe(withGeneratedPart(storiesPage));
});
