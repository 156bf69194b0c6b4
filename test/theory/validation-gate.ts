import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CASES } from './cases/index.ts';
import type { GateCase } from './gate/gate-case.ts';
import { type CaseRecord, recordOf, writeReport } from './gate/report.ts';
import { GATE_SIZE, lengthOf, runCase } from './gate/run-gate.ts';
import { REPLICATIONS } from './gate/run-length.ts';

/**
 * Runs the gate outside vitest, in two processes, and writes what came out as a page:
 *
 *     npm run gate                       all at full length (ten minutes); docs/validation-gate.md
 *     … --only mm1-rho0.8,md1-rho0.9     these cases, printed only
 *     … --requests-max 50000000          leaves out cases that need more requests
 *     … --log gate.jsonl                 keeps outcomes; a run with the same log goes on from there
 *
 * Exit code 1 if a case fails. ANYCASTLE_GATE=full chooses the length.
 */
const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    'requests-max': { type: 'string', default: 'Infinity' },
    write: { type: 'string' },
    log: { type: 'string' },
    part: { type: 'string' },
  },
});

const WORKERS = 2;

if (options.part === undefined) await runAll();
else runPart(options.part);

/** Cheap cases first; what is left out has a reason. */
function chosen(): { readonly run: readonly GateCase[]; readonly leftOut: readonly GateCase[] } {
  const only = options.only?.split(',');
  const wanted = Object.values(CASES)
    .flat()
    .filter(({ id }) => only === undefined || only.includes(id));
  const affordable = wanted.filter((gateCase) => {
    const count = requestCount(gateCase);
    return count < Infinity && count <= Number(options['requests-max']);
  });
  return {
    run: affordable.toSorted((a, b) => requestCount(a) - requestCount(b)),
    leftOut: wanted.filter((gateCase) => !affordable.includes(gateCase)),
  };
}

/** Infinity where the case is too long for the size. */
function requestCount(gateCase: GateCase): number {
  const length = lengthOf(gateCase, GATE_SIZE);
  if (length === null) return Infinity;
  return (length.cutUnits + length.windowUnits) * gateCase.load.arrivalRate * REPLICATIONS;
}

async function runAll(): Promise<void> {
  const log = options.log ?? join(mkdtempSync(join(tmpdir(), 'anycastle-gate-')), 'gate.jsonl');
  const parts = Array.from({ length: WORKERS }, (_, part) => spawnPart(part, log));
  const codes = await Promise.all(parts);
  const records = readLog(log);
  const { run, leftOut } = chosen();
  const failed = records.filter(({ objections }) => objections.length > 0);
  if (options.write !== undefined) {
    const leftOutIds = leftOut.map(({ id }) => id);
    writeFileSync(options.write, writeReport(records, leftOutIds, GATE_SIZE, command()));
  }
  console.log(`${records.length - failed.length} of ${run.length} cases pass`);
  const isComplete = codes.every((code) => code === 0) && records.length === run.length;
  process.exitCode = failed.length === 0 && isComplete ? 0 : 1;
}

function spawnPart(part: number, log: string): Promise<number | null> {
  const script = fileURLToPath(import.meta.url);
  const args = [...process.argv.slice(2), '--part', String(part), '--log', log];
  const child = spawn(process.execPath, [...process.execArgv, script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface({ input: child.stdout }).on('line', (line) => console.log(line));
  return new Promise((resolve) => child.on('exit', resolve));
}

/** What to type for this page. */
function command(): string {
  const base =
    GATE_SIZE === 'full'
      ? 'npm run gate'
      : 'tsx test/theory/validation-gate.ts --write docs/validation-gate.md';
  const most = options['requests-max'];
  return most === 'Infinity' ? base : `${base} -- --requests-max ${most}`;
}

function readLog(log: string): readonly CaseRecord[] {
  if (!existsSync(log)) return [];
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as CaseRecord);
}

/** Every second case; each outcome is a line of the log as soon as it is there. */
function runPart(part: string): void {
  const done = new Set(readLog(options.log!).map(({ id }) => id));
  const mine = chosen().run.filter(({ id }, i) => i % WORKERS === Number(part) && !done.has(id));
  for (const gateCase of mine) {
    const record = recordOf(runCase(gateCase, GATE_SIZE)!);
    appendFileSync(options.log!, `${JSON.stringify(record)}\n`);
    const verdict =
      record.objections.length === 0 ? 'pass' : `FAIL ${record.objections.join('; ')}`;
    console.log(`${gateCase.id} (${record.cpuSeconds.toFixed(0)} s): ${verdict}`);
  }
}
