import { expect, it } from 'vitest';
import { readSourceTree, ROOT, withoutComments } from '../architecture/source-tree.ts';

const page = readSourceTree(ROOT, ['viz']).filter(
  ({ path }) => !path.startsWith('viz/playground/'),
);

/** Import statements of the simulator that bring more than types, as `path: statement`. */
function valuesFromSim(path: string, text: string): string[] {
  const statements = withoutComments(text).match(/^(?:import|export)\b[^;]*?\bfrom\s*'[^']+'/gm);
  return (statements ?? [])
    .filter((statement) => /'(?:\.\.\/)+sim\//.test(statement))
    .filter((statement) => !/^(?:import|export) type\b/.test(statement))
    .map((statement) => `${path}: ${statement}`);
}

it('the page takes only types from the simulator', () => {
  expect(page.some(({ text }) => text.includes("from '../sim/"))).toBe(true);
  expect(page.flatMap(({ path, text }) => valuesFromSim(path, text))).toEqual([]);
});

it('finds a planted value', () => {
  expect(valuesFromSim('viz/x.ts', "import { a } from '../sim/report.ts';")).toHaveLength(1);
  expect(valuesFromSim('viz/x.ts', "import type { A } from '../sim/report.ts';")).toEqual([]);
});

it('sets no attribute that the policy of the page forbids, and makes no markup of names', () => {
  const forbidden =
    /setAttribute\('style'|\.attr\('(?:style|on\w+)'|\bstyle="|\.innerHTML\b|insertAdjacentHTML/;
  const found = page.filter(({ text }) => forbidden.test(withoutComments(text)));
  expect(found.map(({ path }) => path)).toEqual([]);
  expect(forbidden.test('<p style="color: red">')).toBe(true);
});
