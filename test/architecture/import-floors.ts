import { posix } from 'node:path';
import { withoutComments, type SourceFile } from './source-tree.ts';

/** Who may import whom; `ARCHITECTURE.md` says why. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  balancer: [],
  topology: [],
  sim: ['balancer', 'topology'],
  scenarios: ['sim', 'balancer', 'topology'],
  cli: ['scenarios', 'balancer/live'],
  viz: ['sim/report.ts', 'sim/recording.ts'],
};

/** Inside `sim`: what each folder may not know. Top-level contracts of `sim` are for all. */
const SIM_FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  kernel: ['network', 'routing', 'traffic', 'pop', 'faults', 'metrics'],
  network: ['routing', 'traffic', 'pop', 'faults'],
  routing: ['traffic', 'pop', 'faults'],
  traffic: ['routing', 'pop', 'faults'],
  pop: ['faults'],
};

const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([.][^'"]+)\1/g;

/** Relative imports of a file (static, dynamic, re-exports), as paths from the root. */
export function importsOf(file: SourceFile): string[] {
  const folder = posix.dirname(file.path);
  return [...withoutComments(file.text).matchAll(SPECIFIER)].map((match) =>
    posix.normalize(posix.join(folder, match[2]!)),
  );
}

/** `path → import: why` for every import that leaves its floor upwards or sideways. */
export function floorViolations(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    importsOf(file).flatMap((target) => {
      const why = judge(file.path, target);
      return why === null ? [] : [`${file.path} → ${target}: ${why}`];
    }),
  );
}

function judge(from: string, to: string): string | null {
  const floor = from.split('/')[0]!;
  const other = to.split('/')[0]!;
  if (floor === other) return floor === 'sim' ? judgeInsideSim(from, to) : null;
  // the engine in the page, through one file
  if (from.startsWith('viz/playground/') && to === 'scenarios/in-page.ts') return null;
  const allowed = ALLOWED[floor] ?? [];
  if (to.startsWith('balancer/live/')) {
    return allowed.includes('balancer/live') ? null : `only cli may import balancer/live`;
  }
  if (allowed.includes(to)) return null;
  if (!allowed.includes(other)) return `${floor} may not import ${other}`;
  return to === `${other}/index.ts` ? null : `import ${other} through its index.ts`;
}

function judgeInsideSim(from: string, to: string): string | null {
  const layer = from.split('/')[1]!.replace(/[.]ts$/, '');
  const other = to.split('/')[1]!.replace(/[.]ts$/, '');
  if ((SIM_FORBIDDEN[layer] ?? []).includes(other)) return `sim/${layer} may not know ${other}`;
  const isBelowTheTop = from.split('/').length > 2 && layer !== 'metrics';
  if (isBelowTheTop && /^sim\/metrics\/(?!observer(-hub)?[.]ts$)/.test(to)) {
    return 'below the top of sim, metrics are known as the Observer interface and its hub only';
  }
  return null;
}
