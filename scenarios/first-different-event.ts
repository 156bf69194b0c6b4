/** Runs one replication anew and hands over a line for each of its events. */
export type Replay = (see: (line: string) => void) => Promise<void> | void;

/** The first event at which two runs of one replication part. */
export interface DifferentEvent {
  /** Counted from 0. */
  readonly index: number;
  /** What happened in each, as a trace says it; null: that run had ended. */
  readonly lines: readonly [string | null, string | null];
}

/** Events between two marks: what is kept of a run of 10⁷ events is 10⁴ marks. */
const STRIDE = 1024;

/**
 * Replays a replication twice and names the first event that differs, or null if all agree. Two
 * passes, as nobody can keep all lines: the first leaves a hash of everything so far at each mark
 * and bisects the marks, the second keeps the lines from the last equal mark on. A defect that
 * shows now here, now there may be gone in the second pass; then the lines are null.
 */
export async function firstDifferentEvent(replay: Replay): Promise<DifferentEvent | null> {
  const one = await marksOf(replay);
  const other = await marksOf(replay);
  const chunk = firstDifferentMark(one, other);
  if (chunk === null) return null;
  const from = chunk * STRIDE;
  const lines = await linesOf(replay, from);
  const otherLines = await linesOf(replay, from);
  for (let i = 0; i < STRIDE; i++) {
    const pair = [lines[i] ?? null, otherLines[i] ?? null] as const;
    if (pair[0] !== pair[1]) return { index: from + i, lines: pair };
  }
  return { index: from, lines: [null, null] };
}

/** Hashes of all lines so far, after each full stride and at the end. */
async function marksOf(replay: Replay): Promise<number[]> {
  const marks: number[] = [];
  let count = 0;
  let hash = 0;
  await replay((line) => {
    hash = mixed(hash, line);
    if (++count % STRIDE === 0) marks.push(hash);
  });
  marks.push(hash);
  return marks;
}

/** The first mark that differs, by bisection: behind it no two are equal but by chance. */
function firstDifferentMark(one: readonly number[], other: readonly number[]): number | null {
  const shorter = Math.min(one.length, other.length);
  let low = 0;
  let high = shorter;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (one[middle] === other[middle]) low = middle + 1;
    else high = middle;
  }
  return low === shorter && one.length === other.length ? null : low;
}

async function linesOf(replay: Replay, from: number): Promise<string[]> {
  const lines: string[] = [];
  let count = 0;
  await replay((line) => {
    if (count >= from && count < from + STRIDE) lines.push(line);
    count++;
  });
  return lines;
}

/** FNV-1a over a line's UTF-16 units and its end, in 32 bits. */
function mixed(hash: number, line: string): number {
  for (let i = 0; i < line.length; i++) hash = Math.imul(hash ^ line.charCodeAt(i), 0x0100_0193);
  return Math.imul(hash ^ 0x0a, 0x0100_0193);
}
