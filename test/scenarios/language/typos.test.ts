import seedrandom from 'seedrandom';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { METRICS, scenarioJsonSchema } from '../../../scenarios/index.ts';
import { policies } from '../../../balancer/index.ts';
import { routingStrategies } from '../../../sim/index.ts';
import { corpus, decodeIn, shown } from './texts.ts';

/** One mistyped letter in a scenario that was right: does the reader say which word was meant? */

const MUTANTS = 300;

/** Words of the format: keys and words of the schema, names of the catalogues, metrics. */
const vocabulary = new Set([
  ...wordsOf(scenarioJsonSchema()),
  ...Object.keys(METRICS),
  ...policies.map(({ name }) => name),
  ...routingStrategies.map(({ name }) => name),
  'poisson',
  'lognormal',
  'exponential',
  'pareto',
  'preset',
  'during',
]);

function wordsOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(wordsOf);
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties, enum: words, ...rest } = schema as Record<string, unknown>;
  const keys = typeof properties === 'object' && properties !== null ? properties : {};
  return [
    ...Object.keys(keys),
    ...(Array.isArray(words) ? words.filter((word) => typeof word === 'string') : []),
    ...Object.values(keys).flatMap(wordsOf),
    ...wordsOf(Object.values(rest)),
  ];
}

interface Token {
  readonly word: string;
  readonly from: number;
}

/** Words whose change is a mistake: of the format, or mentions of what is defined elsewhere. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const body = line.replace(/#.*$/, '');
    if (!/^(description|name|version):/.test(body)) {
      for (const match of body.matchAll(/[A-Za-z][A-Za-z0-9_-]*/g)) {
        const word = match[0];
        const before = body.slice(0, match.index);
        const after = body.slice(match.index + word.length);
        const defines = /\bname: ?$/.test(before) || isDefined(before, after);
        const mentions =
          /(?:pop|server|link|during|of) ?\/?$/.test(before) || /\bof $/.test(before);
        if (word.length >= 3 && !defines && (vocabulary.has(word) || mentions)) {
          tokens.push({ word, from: offset + match.index });
        }
      }
    }
    offset += line.length + 1;
  }
  return tokens;
}

/** A key of the author's choice: a class, a strategy, an origin, at an indent of two or four. */
function isDefined(before: string, after: string): boolean {
  return (
    /^ {2}$/.test(before) &&
    after.startsWith(': {') &&
    !/between|record|edge|shield|active|retry/.test(after)
  );
}

/** Insertion, deletion, substitution, or swap of neighbours. */
function mistype(word: string, random: () => number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const letter = letters[Math.floor(random() * 26)]!;
  const at = Math.floor(random() * word.length);
  const kind = Math.floor(random() * 4);
  if (kind === 0) return word.slice(0, at) + letter + word.slice(at);
  if (kind === 1) return word.slice(0, at) + word.slice(at + 1);
  if (kind === 2) return word.slice(0, at) + letter + word.slice(at + 1);
  const next = Math.min(at + 1, word.length - 1);
  const first = Math.min(at, next - 1);
  return word.slice(0, first) + word[first + 1]! + word[first]! + word.slice(first + 2);
}

describe('single mistyped letters', () => {
  it(`of ${MUTANTS}, at least 95 % get the right word suggested first`, () => {
    const random = seedrandom(process.env['TYPO_SEED'] ?? 'typos');
    const documents = corpus()
      .filter(({ file, text }) => decodeIn(dirname(file), file, text).ok)
      .map((document) => ({ ...document, tokens: tokensOf(document.text) }));
    expect(documents.length).toBeGreaterThanOrEqual(5);
    const missed: string[] = [];
    let count = 0;
    let first = 0;
    while (count < MUTANTS) {
      const { file, text, tokens } = documents[Math.floor(random() * documents.length)]!;
      const { word, from } = tokens[Math.floor(random() * tokens.length)]!;
      const typo = mistype(word, random);
      if (typo === word || vocabulary.has(typo) || typo.length < 2) continue;
      const decoded = decodeIn(
        dirname(file),
        file,
        text.slice(0, from) + typo + text.slice(from + word.length),
      );
      // A mutant that is right is no mistake: `page` may as well be called `pages`.
      if (decoded.ok) continue;
      count++;
      const line = text.slice(0, from).split('\n').length;
      const there = decoded.diagnostics.find((diagnostic) => diagnostic.line === line);
      const right = there?.hint?.startsWith('did you mean') === true && mentions(there.hint, word);
      if (!right)
        missed.push(`${word} → ${typo}: ${shown(decoded.diagnostics).slice(0, 2).join(' // ')}`);
      else if (decoded.diagnostics[0] === there) first++;
    }
    console.log(
      `right: ${count - missed.length} of ${count}; alone or first in the file: ${first}`,
    );
    if (process.env['TYPO_SEED'] !== undefined) console.log(missed.join('\n'));
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(MUTANTS * 0.05);
  });
});

/** The first quoted suggestion is the word, alone or as a part of a path. */
function mentions(hint: string, word: string): boolean {
  const suggested = /'([^']*)'/.exec(hint)?.[1] ?? '';
  return (
    suggested === word ||
    suggested.split(/[/\s]/).includes(word) ||
    suggested.split('-').includes(word)
  );
}
