import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Defect, DEFECTS } from './defects.ts';

/**
 * Is the gate worth anything? `npm run mutation-check` plants each defect in a copy of the tree and
 * runs the cases that should notice, at their CI length. Exit code 1 unless every defect is
 * caught: a number off, not a crash. Words as arguments choose the defects that have them.
 */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const COPIED = ['balancer', 'topology', 'sim', 'scenarios', 'test/theory', 'test/vectors/queueing'];
const FILES = ['package.json', 'tsconfig.json'];
const TIME_LIMIT_MS = 120_000;

const folder = mkdtempSync(join(tmpdir(), 'anycastle-mutants-'));
try {
  main(process.argv.slice(2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function main(words: readonly string[]): void {
  for (const name of [...COPIED, ...FILES]) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const defects = DEFECTS.filter(({ what }) => words.every((word) => what.includes(word)));
  const sound = gate([...new Set(defects.flatMap(({ cases }) => cases))]);
  if (sound.verdict !== 'passes') {
    console.log(`without any defect the gate ${sound.verdict}:\n${sound.output}`);
    process.exitCode = 1;
    return;
  }
  let caught = 0;
  for (const [i, defect] of defects.entries()) {
    const { verdict, output } = tried(defect);
    if (verdict === 'fails') caught++;
    const found = verdict === 'fails' ? 'caught    ' : 'NOT CAUGHT';
    const objection = /FAIL (.*)/.exec(output)?.[1]?.split('; ')[0] ?? verdict;
    console.log(`${String(i + 1).padStart(2)} ${found} ${defect.what}\n              ${objection}`);
  }
  console.log(`${caught} of ${defects.length} defects caught`);
  process.exitCode = caught === defects.length ? 0 : 1;
}

interface Tried {
  readonly verdict: 'passes' | 'fails' | 'crashes';
  readonly output: string;
}

/** Plants the defect, runs its cases, and takes it out again. */
function tried(defect: Defect): Tried {
  const path = join(folder, defect.file);
  const text = readFileSync(path, 'utf8');
  if (text.split(defect.from).length !== 2) {
    throw new Error(`'${defect.what}': ${defect.file} does not hold its snippet exactly once`);
  }
  writeFileSync(
    path,
    text.replace(defect.from, () => defect.to),
  );
  try {
    return gate(defect.cases);
  } finally {
    writeFileSync(path, text);
  }
}

function gate(cases: readonly string[]): Tried {
  const args = ['--import', 'tsx', 'test/theory/validation-gate.ts', '--only', cases.join(',')];
  const { ANYCASTLE_GATE: _full, ...env } = process.env;
  const run = spawnSync(process.execPath, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: TIME_LIMIT_MS,
  });
  const output = run.stdout + run.stderr;
  if (run.status === 0) return { verdict: 'passes', output };
  return { verdict: output.includes('FAIL') ? 'fails' : 'crashes', output };
}
