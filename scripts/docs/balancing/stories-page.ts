/** `docs/balancing/stories.md`: what the comments of the library's balancing scenarios tell. */

import { readFileSync } from 'node:fs';
import { listLibrary, type LibraryScenario } from '../../../scenarios/index.ts';
import type { GeneratedPart } from '../generated-part.ts';

export const storiesPage: GeneratedPart = {
  page: 'docs/balancing/stories.md',
  name: 'stories',
  text: () => {
    const stories = listLibrary().filter(({ group }) => group.startsWith('balancing/'));
    const groups = [...new Set(stories.map(({ group }) => group))];
    return groups
      .map((group) => {
        const own = stories.filter((story) => story.group === group);
        return [`## ${titleOf(group)}`, ...own.map(storyText)].join('\n\n');
      })
      .join('\n\n');
  },
};

/** `balancing/load-aware` → `Load-aware`. */
function titleOf(group: string): string {
  const title = group.slice('balancing/'.length);
  return title[0]!.toUpperCase() + title.slice(1);
}

function storyText({ name, description, file }: LibraryScenario): string {
  return `### ${name}\n\n*${description}*\n\n${commentOf(readFileSync(file, 'utf8'))}`;
}

/** The lines before the first key, as paragraphs. */
function commentOf(text: string): string {
  return text
    .slice(0, text.indexOf('version: 1'))
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^# ?/, ''))
    .join('\n');
}
