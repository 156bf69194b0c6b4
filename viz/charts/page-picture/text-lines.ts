/** A piece of text on one line, where the browser has put it; pixels of the window. */
export interface TextLine {
  readonly text: string;
  readonly box: DOMRect;
}

/** The lines of a text node; none where it is not shown. */
export function textLines(node: Text): readonly TextLine[] {
  const from = node.data.search(/\S/);
  if (from < 0) return [];
  const until = node.data.trimEnd().length;
  const range = document.createRange();
  range.setStart(node, from);
  range.setEnd(node, until);
  const [first, ...others] = range.getClientRects();
  if (first === undefined) return [];
  const isOne = others.every(({ top }) => top === first.top);
  const starts = isOne ? [from] : lineStarts(node, from, until);
  return starts.map((start, line): TextLine => {
    const end = starts[line + 1] ?? until;
    const text = node.data.slice(start, end).trimEnd();
    range.setStart(node, start);
    range.setEnd(node, start + text.length);
    return { text: text.replaceAll(/\s+/g, ' '), box: range.getBoundingClientRect() };
  });
}

/** Character by character: only the browser knows where it breaks a line. */
function lineStarts(node: Text, from: number, until: number): readonly number[] {
  const range = document.createRange();
  const starts: number[] = [];
  let top = Number.NaN;
  for (let i = from; i < until; i++) {
    range.setStart(node, i);
    range.setEnd(node, i + 1);
    const [box] = range.getClientRects();
    const isSpace = /\s/.test(node.data[i]!);
    if (box === undefined || box.width === 0 || isSpace || box.top === top) continue;
    top = box.top;
    starts.push(i);
  }
  return starts;
}
