import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expand, loadScenario } from '../../../scenarios/index.ts';
import { errorsOf, LAB, shown, worldOf } from './texts.ts';

let root = '';
let folder = '';
const put = (name: string, text: string | Uint8Array) => writeFileSync(join(folder, name), text);

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'anycastle-include-'));
  folder = join(root, 'inside');
  mkdirSync(join(folder, 'parts'), { recursive: true });
  writeFileSync(join(root, 'secret.yaml'), 'name: secret\n');
  put('parts/health.yaml', 'health: { active: { fall: 5, rise: 4 } }\n');
  put('parts/chain.yaml', 'include: [{ file: health.yaml }]\nhealth: { active: { fall: 6 } }\n');
  put('loop-a.yaml', 'include: [{ file: loop-b.yaml }]\n');
  put('loop-b.yaml', 'include: [{ file: loop-a.yaml }]\n');
  put('bad.yaml', '# a part\nhealth: { active: { fal: 5 } }\n');
  put('latin1.yaml', Uint8Array.of(0x61, 0x3a, 0x20, 0xe9));
  put('sizes.txt', '# measured\n10ms\n30ms\n\n20ms\n');
  put('times.txt', '0s\n1500ms\n2s\n');
  put('backwards.txt', '2s\n1s\n');
  symlinkSync(join(root, 'secret.yaml'), join(folder, 'link.yaml'));
  symlinkSync(root, join(folder, 'up'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
});

afterAll(() => rmSync(root, { recursive: true }));

async function load(text: string, name = 'top.yaml') {
  put(name, text);
  return loadScenario(join(folder, name));
}

const including = (...files: string[]) =>
  `include: [${files.map((file) => `{ file: "${file}" }`).join(', ')}]\n${LAB}`;

describe('includes', () => {
  it('merge in order, the file last, relative to the file that includes', async () => {
    const decoded = await load(
      `${including('parts/chain.yaml')}health: { active: { jitter: 5% } }\n`,
    );
    const plans = decoded.ok ? expand(decoded.value) : decoded;
    expect(plans.ok && plans.value[0]!.world.health).toMatchObject({
      fall: 6,
      rise: 4,
      jitterRatio: 0.05,
    });
  });

  it('an error in a part is shown there, with the chain that led to it', async () => {
    const decoded = await load(including('bad.yaml'));
    const [error] = decoded.ok ? [] : decoded.diagnostics;
    expect(error).toMatchObject({
      code: 'E0301',
      line: 2,
      column: 21,
      hint: "did you mean 'fall'?",
    });
    expect(error!.file.endsWith('/inside/bad.yaml')).toBe(true);
    expect(error!.includedFrom).toMatchObject([{ line: 1, column: 19 }]);
  });

  it('a circle is refused', async () => {
    const decoded = await load(including('loop-a.yaml'));
    expect(decoded.ok ? [] : decoded.diagnostics.map(({ code }) => code)).toEqual(['E0124']);
  });

  it('more than 64, or deeper than 8, are refused', async () => {
    const many = await load(including(...Array(65).fill('parts/health.yaml')));
    expect(many.ok ? [] : many.diagnostics.map(({ code }) => code)).toEqual(['E0123']);
    for (let i = 0; i < 10; i++) put(`deep-${i}.yaml`, `include: [{ file: deep-${i + 1}.yaml }]\n`);
    put('deep-10.yaml', 'description: end\n');
    const deep = await load(including('deep-0.yaml'));
    expect(deep.ok ? [] : deep.diagnostics.map(({ code }) => code)).toEqual(['E0123']);
  });

  it('presets are named, with or without a version', () => {
    const text = (name: string) => `include: [{ preset: ${name} }]\n${LAB}`;
    const world = (name: string) =>
      worldOf(
        text(name)
          .replace('arrivals: poisson 80/s', 'rate: 80/s')
          .replace(/network:[^]*?traffic/, 'traffic'),
      );
    expect(world('topology/global-8').pops.length).toBe(8);
    expect(world('topology/global-8@1')).toEqual(world('topology/global-8'));
    expect(shown(errorsOf(text('topology/globl-8')))[0]).toContain(
      "E0309 1:21 unknown preset 'topology/globl-8' | did you mean 'topology/global-8'?",
    );
    expect(errorsOf(text('topology/global-8@9'))[0]!.code).toBe('E0309');
    expect(shown(errorsOf(text('x').replace('preset', 'prest')))[0]).toContain(
      "did you mean 'preset'?",
    );
  });
});

/** Promise I-4: whatever is written, nothing outside the folder is read. */
const PAYLOADS = [
  '../secret.yaml',
  './../secret.yaml',
  'parts/../../secret.yaml',
  '../inside/../secret.yaml',
  '/etc/passwd',
  '/etc/hostname',
  '//etc/passwd',
  '/dev/zero',
  '/dev/random',
  '/proc/self/environ',
  'link.yaml',
  './link.yaml',
  'up/secret.yaml',
  'up/inside/../secret.yaml',
  'parts/../up/secret.yaml',
  'pipe',
  './pipe',
  'parts',
  '.',
  '..',
  '',
  './',
  '../',
  'parts/',
  '~/.ssh/id_rsa',
  '~root/x',
  '%2e%2e/secret.yaml',
  '..%2fsecret.yaml',
  '%2e%2e%2fsecret.yaml',
  '..%5csecret.yaml',
  '%252e%252e/secret.yaml',
  '..\\\\secret.yaml',
  '\\\\\\\\server\\\\share\\\\x',
  'C:\\\\secret.yaml',
  'C:/secret.yaml',
  'parts\\\\..\\\\..\\\\secret.yaml',
  'file:///etc/passwd',
  'http://example.invalid/x.yaml',
  'https://example.invalid/x',
  'data:text/yaml,a',
  'FILE:///etc/passwd',
  '....//secret.yaml',
  '..;/secret.yaml',
  '.. /secret.yaml',
  '..\\u0000/secret.yaml',
  'parts/health.yaml\\u0000.png',
  '../SECRET.yaml',
  '../secret.yaml/',
  '../secret.yaml#x',
  '../secret.yaml?x',
  './././../secret.yaml',
  'up/../../secret.yaml',
  'parts/./../../secret.yaml',
  '../../../../../../../../etc/passwd',
  '..//secret.yaml',
  'up',
  'up/',
  'up/..',
  'latin1.yaml',
  'no-such-file.yaml',
  '$HOME/x',
  '${HOME}/x',
  '`id`',
  '|cat /etc/passwd',
];

describe('files outside the folder', () => {
  it(`${PAYLOADS.length} payloads are refused, none is read`, async () => {
    expect(PAYLOADS.length).toBeGreaterThanOrEqual(60);
    for (const payload of PAYLOADS) {
      const decoded = await load(including(payload));
      const codes = decoded.ok ? [] : decoded.diagnostics.map(({ code }) => code);
      const refusals = ['E0101', 'E0104', 'E0113', 'E0121', 'E0122'];
      expect(
        codes.some((code) => refusals.includes(code)),
        `${payload}: ${codes.join()}`,
      ).toBe(true);
      expect(decoded.ok ? [] : [...decoded.sources.values()].join(), payload).not.toContain(
        'secret\n',
      );
    }
  });

  it('a device, a folder, a missing file, and what is not UTF-8 are refused at once', async () => {
    for (const [file, code] of [
      ['/dev/zero', 'E0101'],
      [folder, 'E0101'],
      [join(folder, 'pipe'), 'E0101'],
      [join(folder, 'none.yaml'), 'E0101'],
      [join(folder, 'latin1.yaml'), 'E0104'],
    ] as const) {
      const decoded = await loadScenario(file);
      expect(decoded.ok ? '' : decoded.diagnostics[0]!.code, file).toBe(code);
    }
  });
});

describe('files of values', () => {
  it('empirical file= and trace file= are read, one quantity a line', async () => {
    const text = LAB.replace('exponential mean=10ms', 'empirical file=sizes.txt').replace(
      'poisson 80/s',
      'trace file=times.txt',
    );
    const decoded = await load(text);
    const plans = decoded.ok ? expand(decoded.value) : decoded;
    const world = plans.ok ? plans.value[0]!.world : null;
    expect(world?.classes[0]!.serviceTime).toEqual({
      law: 'empirical',
      values: [10e6, 20e6, 30e6],
    });
    expect(world?.traffic.arrivals).toEqual({ law: 'trace', atNs: [0, 1.5e9, 2e9] });
  });

  it.each([
    ['trace file=backwards.txt', 'is earlier than the one before'],
    ['trace file=../secret.yaml', 'lies outside the folder'],
    ['trace file=none.txt', 'does not exist'],
    ['trace file=sizes.txt x', 'is not an arrival process'],
  ])('arrivals: %s is refused', async (arrivals, expected) => {
    const decoded = await load(LAB.replace('poisson 80/s', arrivals));
    expect(decoded.ok ? '' : decoded.diagnostics[0]!.message).toContain(expected);
  });
});
