/** Further lines of one that was too long stand in by so much more. */
const HANGING = 4;

/** A line broken at blanks so that it fits `width`; what follows stands further in. */
export function wrapLine(line: string, width: number): string {
  const indent = /^ */.exec(line)![0].length;
  const lines: string[] = [];
  let current = '';
  for (const word of line.trimStart().split(' ')) {
    const start = ' '.repeat(lines.length === 0 ? indent : indent + HANGING);
    const longer = current === '' ? start + word : `${current} ${word}`;
    if ([...longer].length <= width || current === '') {
      current = longer;
    } else {
      lines.push(current);
      current = ' '.repeat(indent + HANGING) + word;
    }
  }
  return [...lines, current].join('\n');
}
