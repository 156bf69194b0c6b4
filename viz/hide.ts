/**
 * Whether an expression hides an entity: patterns of paths by commas, where `*` stands for anything
 * and a pattern without `/` matches names of every kind (`link/lhr-*, fra`).
 */
export function isHidden(expression: string, path: string): boolean {
  if (expression === '') return false;
  return expression.split(',').some((pattern) => {
    const wanted = pattern.trim();
    if (wanted === '') return false;
    const given = wanted.includes('/') ? path : path.slice(path.indexOf('/') + 1);
    return matches(wanted, given);
  });
}

/** Pieces between stars must follow each other; the first and the last are anchored. */
function matches(pattern: string, text: string): boolean {
  const pieces = pattern.split('*');
  const [first = ''] = pieces;
  if (pieces.length === 1) return text === first;
  const last = pieces.at(-1)!;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
