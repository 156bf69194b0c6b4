/**
 * The nearest known name to one that is unknown: within max(1, ⌊length / 3⌋) insertions, deletions,
 * substitutions or swaps of neighbours (Damerau 1964, optimal string alignment). Nearest first;
 * ties go to the same first letter, then to the same length, then to the order of `names`.
 */
export function nearestNames(word: string, names: Iterable<string>): string[] {
  const wanted = word.normalize('NFC').toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const near: { name: string; distance: number; order: number }[] = [];
  let order = 0;
  for (const name of names) {
    order++;
    if (Math.abs(name.length - wanted.length) > limit) continue;
    const distance = editDistance(wanted, name.toLowerCase());
    // A word of one or two letters is near to everything; nothing of it would be left.
    if (distance > limit || distance >= wanted.length) continue;
    near.push({ name, distance: distance + (name[0] === wanted[0] ? 0 : 0.5), order });
  }
  const lengthOff = ({ name }: { name: string }) => Math.abs(name.length - wanted.length);
  near.sort((a, b) => a.distance - b.distance || lengthOff(a) - lengthOff(b) || a.order - b.order);
  return near.map(({ name }) => name);
}

export function nearestName(word: string, names: Iterable<string>): string | undefined {
  return nearestNames(word, names)[0];
}

/** Edits between two words, a swap of neighbours counting as one. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, beforeLast[j - 2]! + 1);
      }
      row.push(edits);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

/**
 * ` (U+043E in it is not a Latin letter)` for names that hold look-alikes or anything not ASCII.
 */
export function foreignLetters(word: string): string {
  const codes = [...word]
    .filter((char) => char > '\u007e')
    .map((char) => `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`);
  if (codes.length === 0) return '';
  return ` (it holds ${[...new Set(codes)].slice(0, 4).join(', ')})`;
}
