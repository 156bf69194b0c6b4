import type { Misspelling } from './repair.ts';
import type { Place } from './source.ts';

/**
 * Something wrong in a scenario, as a value. Every one has a stable code (`error-codes.ts`), the
 * place a person wrote, what is wrong, and where possible what to write instead.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, UTF-16 units. */
  readonly column: number;
  /** One past the last column, when the place ends on the same line. */
  readonly endColumn?: number;
  readonly message: string;
  /** Words under the caret. */
  readonly label?: string;
  readonly hint?: string;
  readonly notes?: readonly string[];
  /** The chain of includes that led here, innermost first. */
  readonly includedFrom?: readonly Position[];
}

export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Texts by file name, for showing the lines that diagnostics point at. */
export type Sources = ReadonlyMap<string, string>;

/** A value, or every reason why there is none. */
export type Decoded<T> =
  | {
      readonly ok: true;
      readonly value: T;
      readonly warnings: readonly Diagnostic[];
      readonly sources: Sources;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly sources: Sources };

export interface Advice {
  readonly label?: string;
  readonly hint?: string | undefined;
  readonly notes?: readonly string[];
}

/** Collects diagnostics; the same one at the same place counts once. */
export class Findings {
  readonly #found = new Map<string, Diagnostic>();
  /** Unknown keys with a near known one. */
  readonly misspellings: Misspelling[] = [];
  #errorCount = 0;

  get hasErrors(): boolean {
    return this.#errorCount > 0;
  }

  /** Grows with every error, also with one that was met before: a part is sound or not. */
  get errorCount(): number {
    return this.#errorCount;
  }

  error(code: string, place: Place, message: string, advice: Advice = {}): void {
    this.add(diagnosticAt('error', code, place, message, advice));
  }

  warn(code: string, place: Place, message: string, advice: Advice = {}): void {
    this.add(diagnosticAt('warning', code, place, message, advice));
  }

  add(diagnostic: Diagnostic): void {
    const { code, file, line, column, message } = diagnostic;
    const key = `${code}\n${file}\n${line}:${column}\n${message}`;
    if (diagnostic.severity === 'error') this.#errorCount++;
    if (!this.#found.has(key)) this.#found.set(key, diagnostic);
  }

  /** Sorted by file as first met, then by position. */
  all(): Diagnostic[] {
    const found = [...this.#found.values()];
    const order = new Map<string, number>();
    for (const { file } of found) if (!order.has(file)) order.set(file, order.size);
    return found.sort(
      (a, b) =>
        order.get(a.file)! - order.get(b.file)! ||
        a.line - b.line ||
        a.column - b.column ||
        (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
    );
  }

  errors(): Diagnostic[] {
    return this.all().filter(({ severity }) => severity === 'error');
  }

  warnings(): Diagnostic[] {
    return this.all().filter(({ severity }) => severity === 'warning');
  }
}

function diagnosticAt(
  severity: 'error' | 'warning',
  code: string,
  place: Place,
  message: string,
  advice: Advice,
): Diagnostic {
  const { source } = place;
  const from = source.position(place.from);
  const to = source.position(Math.max(place.to, place.from + 1));
  const includedFrom: Position[] = [];
  for (let at = source.includedFrom; at !== null; at = at.source.includedFrom) {
    includedFrom.push({ file: at.source.file, ...at.source.position(at.from) });
  }
  return {
    code,
    severity,
    file: source.file,
    ...from,
    ...(to.line === from.line && to.column > from.column ? { endColumn: to.column } : {}),
    message,
    ...(advice.label === undefined ? {} : { label: advice.label }),
    ...(advice.hint === undefined ? {} : { hint: advice.hint }),
    ...(advice.notes === undefined || advice.notes.length === 0 ? {} : { notes: advice.notes }),
    ...(includedFrom.length === 0 ? {} : { includedFrom }),
  };
}
