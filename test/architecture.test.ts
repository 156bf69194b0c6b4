import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { floorViolations, importsOf } from './architecture/import-floors.ts';
import { findInCode, FOLDERS, readSourceTree, ROOT } from './architecture/source-tree.ts';

const house = readSourceTree(ROOT, FOLDERS);
const everything = [...house, ...readSourceTree(ROOT, ['test', 'bench', 'docs'])];
const plant = (path: string, text: string) => [{ path, text }];

describe('floors', () => {
  it('has files and imports to look at', () => {
    expect(house.length).toBeGreaterThan(0);
    expect(house.flatMap(importsOf).length).toBeGreaterThan(0);
  });

  it('imports point down, through the front doors', () => {
    expect(floorViolations(house)).toEqual([]);
  });

  it.each([
    ['balancer/policy.ts', "import type { X } from '../topology/index.ts';"],
    ['topology/geo.ts', "export { x } from '../sim/index.ts';"],
    ['sim/pop/pops.ts', "import {\n  x,\n} from '../../scenarios/index.ts';"],
    ['scenarios/run.ts', "const x = await import('../cli/main.ts');"],
    ['scenarios/run.ts', "import { x } from '../sim/simulation.ts';"],
    ['cli/main.ts', "import { x } from '../sim/index.ts';"],
    ['sim/pop/pops.ts', "import { x } from '../../balancer/live/proxy.ts';"],
    ['sim/kernel/kernel.ts', "import { x } from '../network/links.ts';"],
    ['sim/routing/anycast.ts', "import { x } from '../traffic/arrivals.ts';"],
    ['sim/pop/pops.ts', "import { x } from '../faults.ts';"],
    ['sim/pop/pops.ts', "import { x } from '../metrics/collectors/cache.ts';"],
  ])('finds what is planted: %s %s', (path, text) => {
    expect(floorViolations(plant(path, text))).toHaveLength(1);
  });

  it.each([
    ['sim/pop/pops.ts', "import { x } from '../metrics/observer.ts'; import '../world.ts';"],
    ['sim/simulation.ts', "import { x } from './metrics/collectors/cache.ts';"],
    ['cli/commands/proxy.ts', "import { x } from '../../balancer/live/proxy.ts';"],
    ['scenarios/run.ts', "// import { x } from '../cli/main.ts';\nimport '../sim/index.ts';"],
  ])('lets pass what is allowed: %s %s', (path, text) => {
    expect(floorViolations(plant(path, text))).toEqual([]);
  });

  it('dependency-cruiser reads TypeScript and finds a planted violation', () => {
    const folder = mkdtempSync(join(tmpdir(), 'anycastle-floors-'));
    try {
      for (const [path, text] of [
        [
          'balancer/policy.ts',
          "import type { K } from '../sim/kernel/kernel.ts'; export type P = K;",
        ],
        ['sim/kernel/kernel.ts', 'export type K = number;'],
      ] as const) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      cpSync(join(ROOT, '.dependency-cruiser.cjs'), join(folder, 'rules.cjs'));
      const depcruise = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
      const report = JSON.parse(
        execFileSync(
          process.execPath,
          [depcruise, '--config', 'rules.cjs', '-T', 'json', 'balancer', 'sim'],
          { cwd: folder, encoding: 'utf8' },
        ),
      ) as { summary: { totalCruised: number; violations: { rule: { name: string } }[] } };
      expect(report.summary.totalCruised).toBe(2);
      expect(report.summary.violations.map((violation) => violation.rule.name).sort()).toEqual([
        'floor-balancer',
        'front-doors',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('sizes', () => {
  it('no file is longer than 300 lines', () => {
    const long = everything.filter((file) => file.text.trimEnd().split('\n').length > 300);
    expect(long.map((file) => file.path)).toEqual([]);
  });

  it('no line is wider than 100 columns', () => {
    const wide = everything.flatMap((file) =>
      file.text
        .split('\n')
        .flatMap((line, i) => (line.length > 100 ? [`${file.path}:${i + 1}`] : [])),
    );
    expect(wide).toEqual([]);
  });
});

describe('names', () => {
  const banned = /(^|[-/])(utils?|helpers?|common|misc|manager|impl|shared|core)([-.]|$)/i;

  it('no file or folder is named after nothing', () => {
    expect(everything.filter((f) => f.path.split('/').some((part) => banned.test(part)))).toEqual(
      [],
    );
    expect(banned.test('string-utils.ts') && banned.test('helpers')).toBe(true);
  });

  it('files are kebab-case', () => {
    const odd = everything.filter((f) => !/^[a-z0-9/.-]+$/.test(f.path));
    expect(odd.map((file) => file.path)).toEqual([]);
  });
});

describe('exports', () => {
  it('index.ts holds exports only; a catalogue lists what it imports', () => {
    const indices = house.filter((file) => file.path.endsWith('/index.ts'));
    const isCatalogue = (text: string): boolean => /^export const \w+: readonly /m.test(text);
    const offending = indices.flatMap((file) => [
      ...findInCode(file, /^\s*(const|let|var|function|class|if|for)\b|=>/),
      ...(isCatalogue(file.text) ? [] : findInCode(file, /^import\b(?! type)/)),
    ]);
    expect(offending).toEqual([]);
  });

  it('no default exports', () => {
    expect(house.flatMap((file) => findInCode(file, /^export default\b/))).toEqual([]);
  });
});

describe('fields', () => {
  it('are written once, in sim: those that a constructor fills are not `#`', () => {
    const unfilled = /^  (?:readonly )?#\w+[?!]?: (?:(?! = ).)*;$/;
    const sim = house.filter((file) => file.path.startsWith('sim/'));
    expect(sim.flatMap((file) => findInCode(file, unfilled))).toEqual([]);
    expect(unfilled.test('  readonly #tables: Tables;')).toBe(true);
    expect(unfilled.test('  #head = NONE;')).toBe(false);
  });
});

describe('determinism', () => {
  const pure = house.filter(
    (file) =>
      /^(sim|balancer|topology)\//.test(file.path) && !file.path.startsWith('balancer/live/'),
  );
  const bans: readonly (readonly [string, RegExp])[] = [
    ['hidden randomness', /\bMath\.random\b|\bcrypto\.(random|getRandom)/],
    ['wall clock', /\bDate\b[.(]|new Date\b|\bperformance\.|\bhrtime\b/],
    ['locale', /\bIntl\b|\blocaleCompare\b|\btoLocale/],
    [
      'inexact mathematics',
      /\bMath\.(exp|expm1|log|log2|log10|log1p|pow|a?(sin|cos|tan)h?|atan2|hypot|cbrt)\b/,
    ],
    // Whole literal exponents, and whole powers of two, are exact.
    ['powers of unknown exponents', /(?<!\b2 )\*\*(?!=?\s*-?\d+\b(?![.]))/],
  ];

  it.each(bans)('no %s', (_, pattern) => {
    expect(pure.flatMap((file) => findInCode(file, pattern))).toEqual([]);
  });

  it.each([
    'Math.random()',
    'Date.now()',
    'a.localeCompare(b)',
    'Math.log(x)',
    'Math.atan2(y, x)',
    'x ** 0.5',
    'x ** y',
  ])('finds %s when planted', (text) => {
    const file = { path: 'sim/planted.ts', text };
    expect(bans.some(([, pattern]) => findInCode(file, pattern).length > 0)).toBe(true);
  });

  it.each(['// Math.random()', 'x ** 2', "'a'.sort((a, b) => a - b)", 'const updated = 1'])(
    'does not mind %s',
    (text) => {
      const file = { path: 'sim/planted.ts', text };
      expect(bans.some(([, pattern]) => findInCode(file, pattern).length > 0)).toBe(false);
    },
  );
});

describe('machine paths', () => {
  it('no file names a place of one machine', () => {
    // In brackets so that this line does not find itself.
    const place = /[/]home[/]\w|[/]root[/]\w|[/]Users[/]\w|[/]work[/]|[.]library\b/;
    expect(everything.filter((file) => place.test(file.text)).map((file) => file.path)).toEqual([]);
    expect(place.test(`see ${['', 'work', 'main'].join('/')}`)).toBe(true);
  });
});
