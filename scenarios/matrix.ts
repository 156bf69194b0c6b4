import type { Findings } from './diagnostics.ts';
import { LIMITS } from './limits.ts';
import type { Scalar, TreeEntry, TreeMap, TreeNode } from './tree.ts';

/**
 * `matrix: { balancer.policy: [random, maglev], health.active.fall: [1, 3] }` → one overlay of
 * dotted paths a cell, first key slowest; cells that match an entry of `exclude` are left out. A
 * cell is called after its values: `random+fall=1`.
 */
export function matrixOverlays(strategies: TreeMap, findings: Findings): [string, TreeMap][] {
  const matrix = strategies.entries.get('matrix')?.value;
  const excluded = strategies.entries.get('exclude')?.value;
  if (matrix === undefined) {
    if (excluded !== undefined)
      findings.error('E0405', excluded.place, "'exclude' needs a 'matrix'");
    return [];
  }
  const axes = axesOf(matrix, findings);
  const cellCount = axes.reduce((count, { values }) => count * values.length, 1);
  if (cellCount > LIMITS.strategies) {
    findings.error('E0407', matrix.place, `the matrix has more than ${LIMITS.strategies} cells`);
    return [];
  }
  const rules = exclusionsOf(excluded, axes, findings);
  let cells: TreeEntryList[] = axes.length === 0 ? [] : [[]];
  for (const axis of axes) {
    cells = cells.flatMap((cell) =>
      axis.values.map((value): TreeEntryList => [
        ...cell,
        [axis.path, { keyPlace: axis.keyPlace, value }],
      ]),
    );
  }
  return cells
    .filter((cell) => !rules.some((rule) => matches(cell, rule)))
    .map((cell) => [cellName(cell), { kind: 'map', entries: new Map(cell), place: matrix.place }]);
}

type TreeEntryList = [string, TreeEntry][];

interface Axis {
  readonly path: string;
  readonly keyPlace: TreeEntry['keyPlace'];
  readonly values: readonly TreeNode[];
}

function axesOf(matrix: TreeNode, findings: Findings): Axis[] {
  if (matrix.kind !== 'map') {
    findings.error('E0203', matrix.place, "expected a mapping of paths to lists for 'matrix'");
    return [];
  }
  const axes: Axis[] = [];
  for (const [path, { keyPlace, value }] of matrix.entries) {
    if (value.kind === 'list' && value.items.length > 0)
      axes.push({ path, keyPlace, values: value.items });
    else findings.error('E0203', value.place, `expected a list of values for '${path}'`);
  }
  return axes;
}

type Rule = ReadonlyMap<string, Scalar>;

function exclusionsOf(
  node: TreeNode | undefined,
  axes: readonly Axis[],
  findings: Findings,
): Rule[] {
  if (node === undefined) return [];
  if (node.kind !== 'list') {
    findings.error('E0203', node.place, "expected a list of mappings for 'exclude'");
    return [];
  }
  return node.items.flatMap((item): Rule[] => {
    if (item.kind !== 'map') {
      findings.error('E0203', item.place, 'expected a mapping of paths to values');
      return [];
    }
    const rule = new Map<string, Scalar>();
    for (const [path, { keyPlace, value }] of item.entries) {
      const axis = axes.find((candidate) => candidate.path === path);
      const wanted = value.kind === 'scalar' ? value.value : null;
      if (axis === undefined) findings.error('E0405', keyPlace, `'${path}' is not in the matrix`);
      else if (!axis.values.some((known) => known.kind === 'scalar' && known.value === wanted)) {
        findings.error('E0405', value.place, `the matrix has no '${path}: ${String(wanted)}'`);
      }
      rule.set(path, wanted);
    }
    return rule.size === 0 ? [] : [rule];
  });
}

function matches(cell: TreeEntryList, rule: Rule): boolean {
  return [...rule].every(([path, wanted]) =>
    cell.some(
      ([at, { value }]) => at === path && value.kind === 'scalar' && value.value === wanted,
    ),
  );
}

/** Values that need their key beside them. */
const SAYS_NOTHING = new Set(['on', 'off', 'true', 'false', 'null']);

/** Names stand for themselves; other values are told by the last step of their path. */
function cellName(cell: TreeEntryList): string {
  return cell
    .map(([path, { value }]) => {
      const text = value.kind === 'scalar' ? String(value.value) : JSON.stringify(shape(value));
      const word = text.replace(/[^A-Za-z0-9_.-]+/g, '_');
      return /^[a-z][a-z-]*$/.test(text) && !SAYS_NOTHING.has(text)
        ? word
        : `${path.split('.').at(-1)!}=${word}`;
    })
    .join('+');
}

function shape(node: TreeNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(shape);
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, shape(value)]));
}
