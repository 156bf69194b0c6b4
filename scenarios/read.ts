import { parseDocument, type YAMLError } from 'yaml';
import { tooDeepAt } from './depth-scan.ts';
import type { Findings } from './diagnostics.ts';
import { treeOf } from './document-tree.ts';
import { HIDDEN, isLoneSurrogate } from './hidden-characters.ts';
import { LIMITS } from './limits.ts';
import type { SourceText } from './source.ts';
import type { TreeMap } from './tree.ts';

/**
 * Text → mapping with positions, or null after saying why. YAML 1.2 core, one document, string
 * keys; no tags, merge keys or directives; the parser's warnings are errors. What could hurt the
 * parser (depth, size) is refused before it runs.
 */
export function readDocument(
  source: SourceText,
  findings: Findings,
  options: { readonly allowAliases?: boolean } = {},
): TreeMap | null {
  const { text } = source;
  if (text.length > LIMITS.fileBytes) {
    findings.error('E0103', { source, from: 0, to: 1 }, 'the file is larger than 4 MiB');
    return null;
  }
  const deepAt = tooDeepAt(text);
  if (deepAt >= 0) {
    const place = { source, from: deepAt, to: deepAt + 1 };
    findings.error('E0102', place, `nested deeper than ${LIMITS.nesting} levels`);
    return null;
  }
  const before = findings.errorCount;
  refuseHiddenCharacters(source, findings);
  if (findings.errorCount > before) return null;

  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    stringKeys: true,
    uniqueKeys: false,
    merge: false,
    prettyErrors: false,
    keepSourceTokens: false,
  });
  for (const error of document.errors) reportSyntax(error, source, findings);
  for (const warning of document.warnings) reportSyntax(warning, source, findings);
  if (findings.errorCount > before) return null;

  if (document.contents === null) {
    findings.error('E0116', { source, from: 0, to: 1 }, 'the scenario is empty', {
      hint: 'anycastle init writes a commented starter',
    });
    return null;
  }
  const root = treeOf(document, source, findings, options.allowAliases === true);
  if (root === null || findings.errorCount > before) return null;
  if (root.kind === 'map') return root;
  const found = root.kind === 'list' ? 'a list' : `the value '${String(root.value).slice(0, 40)}'`;
  findings.error('E0117', root.place, `a scenario is a mapping of keys to values, not ${found}`, {
    hint: 'begin with: version: 1',
  });
  return null;
}

/** Hidden characters anywhere in the text, and directives: `%YAML 1.1` changes the language. */
function refuseHiddenCharacters(source: SourceText, findings: Findings): void {
  let reported = 0;
  for (const match of source.text.matchAll(HIDDEN)) {
    if (reported++ === LIMITS.errorsPrinted) return;
    const code = match[0].charCodeAt(0);
    const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    const place = { source, from: match.index, to: match.index + 1 };
    if (isLoneSurrogate(code)) findings.error('E0114', place, `half of a surrogate pair (${name})`);
    else findings.error('E0113', place, `the invisible or control character ${name}`);
  }
  const directive = /^%/m.exec(source.text);
  if (directive !== null) {
    const place = { source, from: directive.index, to: directive.index + 1 };
    findings.error('E0109', place, 'YAML directives are not allowed');
  }
}

const SYNTAX_CODES: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'E0120',
  MULTIPLE_DOCS: 'E0107',
  NON_STRING_KEY: 'E0111',
  TAG_RESOLVE_FAILED: 'E0109',
  RESOURCE_EXHAUSTION: 'E0102',
};

const SYNTAX_MESSAGES: Readonly<Record<string, string>> = {
  E0120: 'tabs are not allowed as indentation: use spaces',
  E0107: 'one file holds one document: a second begins here',
  E0111: 'a key must be plain text',
  E0109: 'explicit tags are not allowed',
  E0102: `nested deeper than ${LIMITS.nesting} levels`,
};

function reportSyntax(error: YAMLError, source: SourceText, findings: Findings): void {
  const code = SYNTAX_CODES[error.code] ?? 'E0105';
  const from = Math.min(error.pos[0], Math.max(0, source.text.length - 1));
  const message = SYNTAX_MESSAGES[code] ?? `not YAML: ${firstLine(error.message)}`;
  const hint =
    /^[^\n]*[@`]/.test(lineAt(source, from)) && error.code === 'BAD_SCALAR_START'
      ? 'quote values that begin with @ or `'
      : undefined;
  findings.error(code, { source, from, to: Math.max(from + 1, error.pos[1]) }, message, { hint });
}

function lineAt(source: SourceText, offset: number): string {
  const from = source.text.lastIndexOf('\n', offset - 1) + 1;
  const end = source.text.indexOf('\n', offset);
  return source.text.slice(from, end < 0 ? undefined : end);
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]!;
}
