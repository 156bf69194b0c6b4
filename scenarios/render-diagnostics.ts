import { Ansis } from 'ansis';
import type { Diagnostic, Sources } from './diagnostics.ts';
import { ERROR_CODES } from './error-codes.ts';
import { LIMITS } from './limits.ts';
import { printable } from './hidden-characters.ts';

export interface RenderOptions {
  readonly color?: boolean;
  readonly format?: 'text' | 'json' | 'sarif' | 'github';
}

/**
 * Diagnostics as people or machines read them. Text shows at most 50, each with its line and a
 * caret under the place; machine forms hold all. Control characters of the file are shown, never
 * sent.
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: Sources = new Map(),
  options: RenderOptions = {},
): string {
  switch (options.format ?? 'text') {
    case 'json':
      return JSON.stringify(diagnostics, null, 2);
    case 'sarif':
      return JSON.stringify(sarifOf(diagnostics), null, 2);
    case 'github':
      return diagnostics.map(workflowCommand).join('\n');
    case 'text':
      return textOf(diagnostics, sources, options.color === true);
  }
}

function textOf(diagnostics: readonly Diagnostic[], sources: Sources, color: boolean): string {
  const paint = new Ansis(color ? 3 : 0);
  const shown = diagnostics.slice(0, LIMITS.errorsPrinted);
  const linesOf = new Map<string, readonly string[]>();
  const blocks = shown.map((diagnostic) => {
    let lines = linesOf.get(diagnostic.file);
    if (lines === undefined) {
      lines = (sources.get(diagnostic.file) ?? '').split(/\r\n|\n|\r/);
      linesOf.set(diagnostic.file, lines);
    }
    return blockOf(diagnostic, lines[diagnostic.line - 1] ?? '', paint);
  });
  const hidden = diagnostics.length - shown.length;
  if (hidden > 0) blocks.push(`… and ${hidden} more`);
  blocks.push(summaryOf(diagnostics));
  return blocks.join('\n\n');
}

function blockOf(diagnostic: Diagnostic, line: string, paint: Ansis): string {
  const { code, severity, file, line: number, column, message, label, hint, notes } = diagnostic;
  const tint = severity === 'error' ? paint.red : paint.yellow;
  const gutter = ' '.repeat(String(number).length);
  const bar = paint.blue('|');
  const rows = [
    `${tint.bold(`${severity}[${code}]`)}${paint.bold(`: ${printable(message)}`)}`,
    `${gutter}${paint.blue('-->')} ${printable(file)}:${number}:${column}`,
  ];
  for (const at of diagnostic.includedFrom ?? []) {
    rows.push(`${gutter}  = included from ${printable(at.file)}:${at.line}:${at.column}`);
  }
  if (line.trim() !== '') {
    const frame = frameOf(line, column, diagnostic.endColumn);
    const caption = label === undefined ? '' : ` ${printable(label)}`;
    rows.push(`${gutter} ${bar}`);
    rows.push(`${paint.blue(String(number))} ${bar} ${frame.text}`);
    rows.push(`${gutter} ${bar} ${frame.indent}${tint('^'.repeat(frame.width) + caption)}`);
    rows.push(`${gutter} ${bar}`);
  }
  const advice = [...(hint === undefined ? [] : [hint]), ...(notes ?? [])];
  for (const text of advice) rows.push(`${gutter} ${paint.blue('=')} ${printable(text)}`);
  rows.push(`${gutter} ${paint.blue('=')} anycastle explain ${code}`);
  return rows.join('\n');
}

/** Longest line shown: what two columns of an editor hold. */
const WIDTH = 110;

/** The line, cut around the place if it is long, and how far the caret is from its start. */
function frameOf(
  line: string,
  column: number,
  endColumn: number | undefined,
): { text: string; indent: string; width: number } {
  const from = Math.min(column - 1, line.length);
  const to = Math.min(
    Math.max(endColumn ?? from + 2, from + 2) - 1,
    Math.max(line.length, from + 1),
  );
  const start = line.length <= WIDTH || from < WIDTH - 30 ? 0 : from - 40;
  const before = `${start > 0 ? '…' : ''}${printable(line.slice(start, from))}`;
  const end = Math.min(line.length, start + WIDTH);
  const rest = `${printable(line.slice(from, end))}${end < line.length ? '…' : ''}`;
  const width = Math.max(1, printable(line.slice(from, Math.min(to, end))).length);
  return { text: before + rest, indent: ' '.repeat(before.length), width };
}

function summaryOf(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const warnings = diagnostics.length - errors.length;
  const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;
  const warned = warnings > 0 ? count(warnings, 'warning') : '';
  if (errors.length === 0) return `${warned}.`;
  const files = new Set(errors.map(({ file }) => file)).size;
  const also = warned === '' ? '' : `, ${warned}`;
  return `${count(errors.length, 'error')}${also} in ${count(files, 'file')}. Nothing was run.`;
}

/** A command that GitHub Actions shows beside the line of a change. */
function workflowCommand(diagnostic: Diagnostic): string {
  const { severity, file, line, column, code, message, hint } = diagnostic;
  const text = hint === undefined ? message : `${message} (${hint})`;
  const escaped = printable(text).replaceAll('%', '%25');
  const name = printable(file).replaceAll('%', '%25').replaceAll(',', '%2C').replaceAll(':', '%3A');
  return `::${severity} file=${name},line=${line},col=${column},title=${code}::${escaped}`;
}

/** OASIS SARIF 2.1.0, the part that code-scanning services read. */
function sarifOf(diagnostics: readonly Diagnostic[]): object {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'anycastle',
            rules: codes.map((id) => ({
              id,
              shortDescription: { text: ERROR_CODES[id]?.title ?? id },
            })),
          },
        },
        results: diagnostics.map(
          ({ code, severity, message, hint, file, line, column, endColumn }) => ({
            ruleId: code,
            level: severity,
            message: { text: hint === undefined ? message : `${message} (${hint})` },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: encodeURI(printable(file)) },
                  region: {
                    startLine: line,
                    startColumn: column,
                    ...(endColumn === undefined ? {} : { endColumn }),
                  },
                },
              },
            ],
          }),
        ),
      },
    ],
  };
}
