import { z } from 'zod';
import type { Findings } from './diagnostics.ts';
import { notYet } from './not-yet.ts';
import { decodeMessage } from './schema/issue-text.ts';
import { named } from './schema/quantities.ts';
import { foreignLetters, nearestName } from './suggest.ts';
import { keyHome } from './key-homes.ts';
import { keyPlaceAt, nodeAt, placeAt, type Path, type TreeMap } from './tree.ts';

type Issue = z.core.$ZodIssue;

/** What the library knows when it meets an issue and forgets when it reports it. */
export interface RawIssue {
  readonly inst?: z.core.$ZodType;
}

interface Context {
  readonly root: TreeMap;
  /** Path of the section; paths of issues begin there. */
  readonly base: Path;
  readonly raw: readonly RawIssue[];
  /** Keys that the schema does not know, wherever they are: what is missing may be among them. */
  readonly unknown: ReadonlySet<string>;
  readonly findings: Findings;
}

/** A schema library's issue → diagnostics with code, place and advice. */
export function reportIssue(issue: Issue, context: Context): void {
  const { root, findings } = context;
  const path = [...context.base, ...(issue.path as Path)];
  if (nodeAt(root, path) === undefined && issue.code !== 'invalid_key') {
    return reportMissing(path, context);
  }
  const own = decodeMessage(issue.message);
  if (own !== null) {
    const place = issue.code === 'invalid_key' ? keyPlaceAt(root, path) : placeAt(root, path);
    findings.error(own.code, place, own.message, { hint: own.hint });
    return;
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      for (const key of issue.keys) reportUnknownKey(key, path, keysOf(issue, context), context);
      return;
    case 'invalid_value':
      return reportUnknownWord(path, issue.values.map(String), context);
    case 'invalid_union':
      return reportUnion(issue, path, context);
    case 'invalid_key':
    case 'invalid_element':
      for (const inner of issue.issues) reportIssue({ ...inner, path: issue.path }, context);
      return;
    case 'invalid_type':
      return reportType(issue.expected, path, context);
    default: {
      const message = issue.message.startsWith('#') ? sentenceOf(issue) : issue.message;
      findings.error('E0207', placeAt(root, path), message);
    }
  }
}

export function reportUnknownKey(
  key: string,
  parent: Path,
  valid: readonly string[],
  { root, findings }: Pick<Context, 'root' | 'findings'>,
): void {
  const path = [...parent, key];
  const place = keyPlaceAt(root, path);
  const later = notYet(path);
  if (later !== null) {
    findings.error('E0303', place, `'${key}' is not yet supported`, { hint: later });
    return;
  }
  const message = `unknown key '${key}'${foreignLetters(key)}`;
  // Beyond the errors that are ever printed, nobody reads suggestions.
  if (findings.errorCount > 100) {
    findings.error('E0301', place, message);
    return;
  }
  const near = nearestName(key, valid);
  if (near !== undefined) findings.misspellings.push({ parent, key, meant: near });
  const home = near === undefined ? keyHome(key, parent, valid) : null;
  const hint = near !== undefined ? `did you mean '${near}'?` : home?.hint;
  const where = parent.length === 0 ? 'a scenario' : `'${parent.join('.')}'`;
  findings.error(home?.moved === true ? 'E0302' : 'E0301', place, message, {
    label: 'not a key here',
    hint,
    ...(valid.length === 0 ? {} : { notes: [`keys of ${where}: ${listOf(valid)}`] }),
  });
}

function reportUnknownWord(
  path: Path,
  valid: readonly string[],
  { root, findings }: Context,
): void {
  const node = nodeAt(root, path)!;
  const place = placeAt(root, path);
  const word = node.kind === 'scalar' ? node.value : node.kind === 'list' ? [] : {};
  const text = typeof word === 'string' ? word : '';
  const later = text === '' ? null : notYet([...path, text]);
  if (later !== null) {
    findings.error('E0303', place, `'${text}' is not yet supported`, { hint: later });
    return;
  }
  const near = typeof word === 'string' ? nearestName(word, valid) : undefined;
  findings.error('E0311', place, `${named(word)} is not a '${keyOf(path)}'`, {
    hint: near === undefined ? undefined : `did you mean '${near}'?`,
    notes: [`one of ${listOf(valid)}`],
  });
}

/** Keys of these issues that their schemas do not know. */
export function unknownKeys(issues: readonly z.core.$ZodIssue[]): string[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys;
    return issue.code === 'invalid_union' ? issue.errors.flatMap(unknownKeys) : [];
  });
}

/** A required key that is not there, unless one that is there is it, mistyped. */
function reportMissing(path: Path, { root, findings, unknown }: Context): void {
  const key = String(path.at(-1));
  const owner = nodeAt(root, path.slice(0, -1));
  const written = owner?.kind === 'map' ? [...owner.entries.keys()] : [];
  const mistyped = written.filter((sibling) => unknown.has(sibling));
  if (mistyped.some((sibling) => nearestName(sibling, [key]) !== undefined)) return;
  findings.error('E0209', placeAt(root, path), `'${key}' is missing`);
}

/** The name of the key that a path ends in, list positions left out. */
function keyOf(path: Path): string {
  return String(path.findLast((step) => typeof step === 'string') ?? 'value');
}

/**
 * Of a union, the alternative that the author meant: one whose own type fits, with the issue that
 * lies deepest; where none fits, all types are named.
 */
function reportUnion(issue: z.core.$ZodIssueInvalidUnion, path: Path, context: Context): void {
  const fitting = issue.errors.filter((issues) => issues.some((inner) => !isMisfit(inner)));
  const best = fitting.sort((a, b) => depthOf(b) - depthOf(a) || a.length - b.length)[0];
  const words = issue.errors.flatMap((issues) =>
    issues.flatMap((inner) =>
      inner.code === 'invalid_value' && inner.path.length === 0 ? inner.values.map(String) : [],
    ),
  );
  const value = nodeAt(context.root, path);
  const isWord =
    words.length > 0 && value?.kind === 'scalar' && best?.[0]?.code === 'invalid_value';
  if (best === undefined || isWord) {
    if (words.length > 0 && value?.kind === 'scalar')
      return reportUnknownWord(path, words, context);
    const { root, findings } = context;
    findings.error('E0203', placeAt(root, path), `${named(plainOf(value))} is not allowed here`);
    return;
  }
  for (const inner of best)
    reportIssue({ ...inner, path: [...issue.path, ...inner.path] }, context);
}

/** The value's own type is wrong for the alternative (not something inside it). */
function isMisfit(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  const own = decodeMessage(issue.message);
  return own === null ? issue.code === 'invalid_type' : own.code === 'E0203';
}

function depthOf(issues: readonly Issue[]): number {
  return Math.max(
    0,
    ...issues.map(({ path, code }) => path.length * 2 + (code === 'custom' ? 1 : 0)),
  );
}

function reportType(expected: string, path: Path, { root, findings }: Context): void {
  const node = nodeAt(root, path)!;
  const wanted = TYPE_NAMES[expected] ?? expected;
  findings.error(
    'E0203',
    node.place,
    `expected ${wanted} for '${keyOf(path)}', not ${named(plainOf(node))}`,
  );
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  tuple: 'a list',
};

function plainOf(node: ReturnType<typeof nodeAt>): unknown {
  return node === undefined
    ? undefined
    : node.kind === 'scalar'
      ? node.value
      : node.kind === 'list'
        ? []
        : {};
}

function keysOf(issue: Issue, { raw }: Context): string[] {
  const schema = raw[Number(issue.message.slice(1))]?.inst;
  return schema instanceof z.ZodObject ? Object.keys(schema.shape as object) : [];
}

function sentenceOf(issue: Issue): string {
  if (issue.code === 'too_small')
    return `too small or too short: at least ${String(issue.minimum)}`;
  if (issue.code === 'too_big') return `too large or too long: at most ${String(issue.maximum)}`;
  return 'not allowed here';
}

/** At most twelve names, so that a line stays a line. */
export function listOf(names: readonly string[]): string {
  if (names.length <= 12) return names.join(', ');
  return `${names.slice(0, 12).join(', ')}, … (${names.length} in all)`;
}
