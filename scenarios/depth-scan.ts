import { LIMITS } from './limits.ts';

/**
 * Offset at which a YAML text nests deeper than allowed, or -1. One pass, no recursion, before the
 * parser runs: `yaml` 2.9 aborts the process on its second text of 10,000 nested brackets.
 *
 * Brackets are counted twice: outside quotes and comments against the limit, and everywhere
 * against eight times the limit, because a quote that this scan misjudges must not hide a bomb.
 * Block levels are the indents that are open, compact `- - -` included.
 */
export function tooDeepAt(text: string, limit: number = LIMITS.nesting): number {
  const block = blockTooDeepAt(text, limit);
  const flow = flowTooDeepAt(text, limit);
  if (block < 0) return flow;
  return flow < 0 ? block : Math.min(block, flow);
}

function flowTooDeepAt(text: string, limit: number): number {
  let depth = 0;
  let depthAnywhere = 0;
  let quote = '';
  let previous = '\n';
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === '[' || char === '{') depthAnywhere++;
    else if (char === ']' || char === '}') depthAnywhere = Math.max(0, depthAnywhere - 1);
    if (depthAnywhere > limit * 8) return i;
    if (quote !== '') {
      if (char === '\\' && quote === '"') i++;
      else if (char === quote) quote = '';
      continue;
    }
    if ((char === '"' || char === "'") && ' \t\n\r[{,:'.includes(previous)) quote = char;
    else if (char === '#' && ' \t\n\r'.includes(previous)) {
      while (i + 1 < text.length && text[i + 1] !== '\n') i++;
    } else if (char === '[' || char === '{') {
      depth++;
      if (depth > limit) return i;
    } else if (char === ']' || char === '}') depth = Math.max(0, depth - 1);
    previous = char;
  }
  return -1;
}

function blockTooDeepAt(text: string, limit: number): number {
  const open: number[] = [];
  let i = 0;
  while (i < text.length) {
    let column = 0;
    while (text[i] === ' ') {
      i++;
      column++;
    }
    const char = text[i];
    if (char !== undefined && char !== '\n' && char !== '\r' && char !== '#') {
      while (open.length > 0 && open[open.length - 1]! >= column) open.pop();
      open.push(column);
      while (isIndicator(text, i) && open.length <= limit) {
        do {
          i++;
          column++;
        } while (text[i] === ' ');
        open.push(column);
      }
      if (open.length > limit) return i;
    }
    const end = text.indexOf('\n', i);
    i = end < 0 ? text.length : end + 1;
  }
  return -1;
}

/** `- ` and `? ` open a level on the same line. */
function isIndicator(text: string, i: number): boolean {
  return (text[i] === '-' || text[i] === '?') && text[i + 1] === ' ';
}
