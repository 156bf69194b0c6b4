import type { BackendShare, KeyMoves } from '../../scenarios/index.ts';
import type { Palette } from '../terminal/colour.ts';
import { escapeLine, shorten } from '../terminal/escape.ts';
import { formatTable, type Column } from '../terminal/table.ts';

/** More rows than fit on a screen or two: then only those furthest from their fair share. */
const ROWS_MAX = 40;
const NAME_LENGTH_MAX = 24;

const percent = (ratio: number): string => `${(ratio * 100).toFixed(2)} %`;
const right = (heading: string): Column => ({ heading, align: 'right' });

/** Shares against fair shares, and with changes what moved against what had to. */
export function sharesText(moves: KeyMoves, hasChanges: boolean, palette: Palette): string {
  const rows = rowsShown(moves.backends);
  const hidden = moves.backends.length - rows.length;
  return [
    hasChanges ? changedTable(rows, moves.keyCount) : plainTable(rows, moves.keyCount),
    ...(hidden > 0 ? [palette.faint(`… and ${hidden} nearer to their fair share`)] : []),
    '',
    ...(hasChanges ? movesLines(moves, palette) : []),
    evennessLine(moves, hasChanges),
  ].join('\n');
}

function rowsShown(backends: readonly BackendShare[]): readonly BackendShare[] {
  if (backends.length <= ROWS_MAX) return backends;
  const total = backends.reduce((sum, { keysBefore }) => sum + keysBefore, 0);
  const isChanged = (b: BackendShare): boolean => b.weightBefore !== b.weightAfter;
  const off = (b: BackendShare): number =>
    isChanged(b) ? Infinity : Math.abs(b.keysBefore / total - b.fairBefore);
  const order = new Map(backends.map((backend, position) => [backend, position]));
  const furthest = [...backends].sort((a, b) =>
    off(a) === off(b) ? order.get(a)! - order.get(b)! : off(b) > off(a) ? 1 : -1,
  );
  const kept = new Set(furthest.slice(0, ROWS_MAX));
  return backends.filter((backend) => kept.has(backend));
}

function plainTable(backends: readonly BackendShare[], keyCount: number): string {
  return formatTable(
    [{ heading: 'backend' }, ...['weight', 'keys', 'share', 'fair', 'off by'].map(right)],
    backends.map((b) => [
      name(b),
      weightOf(b.weightBefore),
      String(b.keysBefore),
      percent(b.keysBefore / keyCount),
      percent(b.fairBefore),
      offBy(b.keysBefore / keyCount, b.fairBefore),
    ]),
  );
}

function changedTable(backends: readonly BackendShare[], keyCount: number): string {
  const headings = ['weight', 'share before', 'after', 'fair', 'off by', 'gives', 'takes'];
  return formatTable(
    [{ heading: 'backend' }, ...headings.map(right)],
    backends.map((b) => [
      name(b),
      b.weightBefore === b.weightAfter
        ? weightOf(b.weightAfter)
        : `${weightOf(b.weightBefore)} → ${weightOf(b.weightAfter)}`,
      b.weightBefore === null ? '' : percent(b.keysBefore / keyCount),
      b.weightAfter === null ? '' : percent(b.keysAfter / keyCount),
      b.weightAfter === null ? '' : percent(b.fairAfter),
      b.weightAfter === null ? '' : offBy(b.keysAfter / keyCount, b.fairAfter),
      b.movedAway === 0 ? '' : String(b.movedAway),
      b.movedHere === 0 ? '' : String(b.movedHere),
    ]),
  );
}

function movesLines({ moved, unavoidable, keyCount }: KeyMoves, palette: Palette): string[] {
  const least = Math.round(unavoidable);
  const ratio = unavoidable === 0 ? '' : `, ${(moved / unavoidable).toFixed(2)} times that`;
  const said = `${moved} of ${keyCount} keys move (${percent(moved / keyCount)})`;
  const against =
    moved === least ? 'no more than must' : `unavoidable: ${least} (${percent(least / keyCount)})`;
  return [`${palette.strong(said)}; ${against}${moved === least ? '' : ratio}`];
}

/** With the standard error of a mean share, relative to it: what is smaller may be chance. */
function evennessLine(moves: KeyMoves, hasChanges: boolean): string {
  const { backends, keyCount, peakBefore, peakAfter } = moves;
  const after = hasChanges ? `, then ${peakAfter.toFixed(3)}` : '';
  const noise = percent(Math.sqrt((backends.length - 1) / keyCount));
  return [
    `fullest backend: ${peakBefore.toFixed(3)} of its fair share${after}`,
    `(over ${keyCount} keys one standard error of a share is ${noise} of it)`,
  ].join('\n');
}

function offBy(share: number, fair: number): string {
  if (fair === 0) return '';
  const off = ((share / fair - 1) * 100).toFixed(1);
  return `${Number(off) > 0 ? '+' : Number(off) < 0 ? '−' : ''}${off.replace('-', '')} %`;
}

const name = ({ id }: BackendShare): string => shorten(escapeLine(id), NAME_LENGTH_MAX);
const weightOf = (weight: number | null): string =>
  weight === null ? 'none' : String(round(weight));

function round(value: number): number {
  return Number(value.toPrecision(4));
}
