import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeScenario, renderDiagnostics } from '../../../scenarios/index.ts';
import { Findings } from '../../../scenarios/diagnostics.ts';
import { readDocument } from '../../../scenarios/read.ts';
import { SourceText } from '../../../scenarios/source.ts';
import { toPlain } from '../../../scenarios/tree.ts';
import { errorsOf, LAB, shown } from './texts.ts';

/** Inputs observed to hurt other parsers; `required` of each case is what is asserted here. */
const file = join(process.cwd(), 'test/vectors/robustness/yaml-hostile.json');
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
  cases: { id: string; source: string | null }[];
};
const sourceOf = new Map(cases.map(({ id, source }) => [id, source]));

function read(text: string) {
  const findings = new Findings();
  const root = readDocument(new SourceText('h.yaml', text), findings);
  return { plain: root === null ? null : toPlain(root), errors: shown(findings.errors()) };
}

/** Case → the beginning of the only error, or the value it must be read as. */
const REFUSED: Readonly<Record<string, string>> = {
  'duplicate-key': "E0106 2:1 the key 'a' is there twice",
  'leading-zero': "E0204 1:6 '0777' has a leading zero",
  nan: 'E0201 1:7',
  inf: 'E0201 1:7',
  overflow: 'E0201 1:7',
  bigint: "E0202 1:7 '99999999999999999999' is beyond 2^53",
  'tab-indent': 'E0120 2:1 tabs are not allowed',
  'merge-key': 'E0108 1:7',
  'multi-doc': 'E0107 2:1',
  'tag-js-function': 'E0109 1:4',
  'tag-binary': 'E0109 1:13',
  nul: 'E0113 1:6',
  'bidi-override': 'E0113 1:5',
  'lone-surrogate': 'E0114 1:4',
  'complex-key': 'E0111 1:3',
  'null-key': 'E0111 1:1',
  empty: 'E0116 1:1 the scenario is empty',
  'scalar-doc': 'E0117 1:1 a scenario is a mapping',
  'nfc-nfd-keys': 'E0115 2:1',
  'proto-key': "E0110 1:1 the key '__proto__' is reserved",
  'alias-disabled': 'E0108 1:7',
  'self-alias': 'E0108 1:7',
};

const READ_AS: Readonly<Record<string, unknown>> = {
  'norway-unquoted': { region: 'NO' },
  'date-scalar': { a: '2024-01-01' },
};

describe('hostile YAML', () => {
  it.each(Object.entries(REFUSED))('%s is refused where it stands', (id, expected) => {
    const { errors } = read(sourceOf.get(id)!);
    expect(errors[0]!.startsWith(expected), errors.join('\n')).toBe(true);
  });

  it.each(Object.entries(READ_AS))('%s is read as it is written', (id, expected) => {
    expect({ ...(read(sourceOf.get(id)!).plain as object) }).toEqual(expected);
  });

  it('the rest of the vectors is covered below', () => {
    const elsewhere = [
      'sexagesimal',
      'version-trim',
      'billion-laughs',
      'deep-flow-10000',
      'deep-block-1500',
      'bom',
      'homoglyph-key',
      'many-keys-20000',
    ];
    const known = [...Object.keys(REFUSED), ...Object.keys(READ_AS), ...elsewhere];
    expect(cases.map(({ id }) => id).filter((id) => !known.includes(id))).toEqual([]);
  });

  it('names both places of a duplicate key', () => {
    const findings = new Findings();
    readDocument(new SourceText('h.yaml', sourceOf.get('duplicate-key')!), findings);
    expect(findings.all()[0]!.notes).toEqual(['it is first at 1:1']);
  });

  it('12:30 is no duration, and 12m30s is suggested', () => {
    const events = 'events:\n  - { at: 12:30, fail: server/lab/0 }\n';
    expect(shown(errorsOf(LAB + events))).toEqual([
      "E0206 13:11 '12:30' is not a duration | did you mean 12m30s?",
    ]);
  });

  it('version 1.10 is refused, as YAML reads 1.1', () => {
    const errors = errorsOf(LAB.replace('version: 1', 'version: 1.10'));
    expect(shown(errors)[0]).toContain('E0203 1:10 the version is a whole number');
  });

  it('a byte order mark is accepted, at the start only', () => {
    expect(errorsOf(`\ufeff${LAB}`)).toEqual([]);
    expect(errorsOf(LAB.replace('name:', '\ufeffname:')).length).toBeGreaterThan(0);
  });

  it('a look-alike letter in a key is named, and the key suggested', () => {
    const [error] = errorsOf(LAB.replace('pops:', 'p\u043eps:'));
    expect(error!.code).toBe('E0301');
    expect(error!.message).toContain('U+043E');
    expect(error!.hint).toBe("did you mean 'pops'?");
  });

  it('reserved names never reach a prototype, through includes, overlays and overrides', () => {
    const bad = '{ __proto__: { polluted: 1 }, constructor: { prototype: { polluted: 1 } } }';
    const files = {
      read: () => ({ ok: true as const, file: 'i.yaml', bytes: Buffer.from(`network: ${bad}\n`) }),
    };
    const include = `include: [{ file: i.yaml }]\nstrategies: { a: ${bad} }\n`;
    const errors = errorsOf(LAB + include, { files, overrides: { '__proto__.polluted': '1' } });
    expect(errors.filter(({ code }) => code === 'E0110').length).toBeGreaterThanOrEqual(2);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((Object as unknown as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('hidden characters are escaped in what is printed', () => {
    const decoded = decodeScenario('h.yaml', sourceOf.get('bidi-override')!);
    const text = decoded.ok ? '' : renderDiagnostics(decoded.diagnostics, decoded.sources);
    expect(text).toContain('\\u{202e}');
    expect(text).not.toContain('\u202e');
  });
});

describe('depth and size', () => {
  const within = (milliseconds: number, text: string) => {
    // Processor time, as other tests share the machine.
    const start = process.cpuUsage();
    const errors = errorsOf(text);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(milliseconds);
    return errors;
  };

  it('10,000 brackets are refused before the parser runs, twice', () => {
    const text = '['.repeat(10_000) + ']'.repeat(10_000);
    for (let i = 0; i < 2; i++) expect(within(50, text)[0]!.code).toBe('E0102');
  });

  it('brackets that hide behind a quote are refused as well', () => {
    for (const start of ["a: it's ", 'a: "\\" ', "a: ' # ", "? '", "- 'x'y' "]) {
      const text = start + '['.repeat(10_000) + ']'.repeat(10_000);
      expect(errorsOf(text).map(({ code }) => code)).toContain('E0102');
    }
  });

  it('1,500 block levels are refused, compact ones too', () => {
    const deep = Array.from({ length: 1500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n');
    expect(errorsOf(deep)[0]!.code).toBe('E0102');
    expect(errorsOf(`${'- '.repeat(1500)}x`)[0]!.code).toBe('E0102');
  });

  it('64 levels are read and 65 are not', () => {
    const flow = (n: number) => read(`a: ${'['.repeat(n - 1)}1${']'.repeat(n - 1)}`).errors;
    expect(flow(64)).toEqual([]);
    expect(flow(66)[0]).toContain('E0102');
    const block = (n: number) =>
      read(Array.from({ length: n }, (_, i) => `${' '.repeat(i)}a${i}:`).join('\n') + ' 1').errors;
    expect(block(64)).toEqual([]);
    expect(block(65)[0]).toContain('E0102');
  });

  it('an alias bomb of 396 bytes is refused at once', () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`,
    );
    const bomb = `l0: &l0 [x]\n${levels.join('\n')}\n`;
    expect(within(200, bomb)[0]!.code).toBe('E0108');
    expect(errorsOf(bomb, { allowAliases: true })[0]!.code).toBe('E0108');
  });

  it('aliases work when allowed, up to 64', () => {
    const aliased = LAB.replace('exponential mean=10ms', '&law exponential mean=10ms').replace(
      'balancer:',
      '    image: { share: 50%, service_time: *law }\nbalancer:',
    );
    expect(errorsOf(aliased, { allowAliases: true })).toEqual([]);
  });

  it('keys cost linear time: 20,000 in 1.5 s, 40,000 in 3 s', () => {
    for (const [count, limitMs] of [
      [20_000, 1500],
      [40_000, 3000],
    ] as const) {
      const map = Array.from(
        { length: count },
        (_, i) => `key-of-some-length-${i}: value-${i * 7919}`,
      );
      const errors = within(limitMs, map.join('\n'));
      expect(errors.length).toBeGreaterThan(count - 1);
    }
  });

  it('a file above 4 MiB is refused', () => {
    expect(errorsOf(`# ${'x'.repeat(4 * 1024 * 1024)}`)[0]!.code).toBe('E0103');
  });
});
