/**
 * A text that was read, and places in it. Lines and columns count from 1, columns in UTF-16 units.
 */
export class SourceText {
  readonly file: string;
  readonly text: string;
  /** The `include:` entry that asked for this file. */
  readonly includedFrom: Place | null;
  #lineStarts: number[] | null = null;

  constructor(file: string, text: string, includedFrom: Place | null = null) {
    this.file = file;
    this.text = text;
    this.includedFrom = includedFrom;
  }

  /** Line and column of an offset; an offset past the end is the end. */
  position(offset: number): { readonly line: number; readonly column: number } {
    const starts = (this.#lineStarts ??= lineStartsOf(this.text));
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - starts[low]! + 1 };
  }
}

/** Half-open range of offsets in a text. */
export interface Place {
  readonly source: SourceText;
  readonly from: number;
  readonly to: number;
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) starts.push(i + 1);
    else if (code === 13 && text.charCodeAt(i + 1) !== 10) starts.push(i + 1);
  }
  return starts;
}
