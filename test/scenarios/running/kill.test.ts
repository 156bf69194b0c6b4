import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import seedrandom from 'seedrandom';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkResults } from '../../../scenarios/report/index.ts';
import { parseLog } from '../../../scenarios/running/results-log.ts';
import { build, built, removeBuilt } from './built.ts';

beforeAll(build);
afterAll(removeBuilt);

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'anycastle-kill-'));

/**
 * Runs into the folder; killed when `instant` resolves, if that comes first. Resolves to what it
 * printed: nothing, if it was killed in time.
 */
async function run(
  folder: string,
  instant: Promise<void> = new Promise(() => undefined),
): Promise<{ output: string; ms: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, [
    fileURLToPath(built('test/scenarios/running/kill-runner')),
    folder,
  ]);
  void instant.then(() => child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  await new Promise((resolve) => child.on('close', resolve));
  return { output: output.trim(), ms: performance.now() - began };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** When the log has grown by some bytes, or after ten seconds. */
async function grownBy(folder: string, bytes: number): Promise<void> {
  const size = (): number => statSync(join(folder, 'results.jsonl'), NO_THROW)?.size ?? 0;
  const goal = size() + bytes;
  for (let tries = 0; size() < goal && tries < 5000; tries++) await pause(2);
}

const NO_THROW = { throwIfNoEntry: false } as const;
/** Of the order of one line of the log. */
const LINE_BYTES = 2000;

function storedIn(folder: string): string[] {
  const path = join(folder, 'results.jsonl');
  if (!existsSync(path)) return [];
  return parseLog(readFileSync(path)).lines.map((line) => JSON.stringify(line));
}

/** 1000 is the nightly of the reliability page. */
const KILLS = Number(process.env['KILL_COUNT'] ?? 20);
/** A kill takes two seconds with what is resumed and checked; on a busy machine several times. */
const KILL_MS_MAX = 30_000;

it(
  'killed (SIGKILL) at 20 random instants and resumed: nothing finished is lost, same bytes',
  async () => {
    const reference = newFolder();
    const { output, ms } = await run(reference);
    expect(output).toBe('0');
    const summary = readFileSync(join(reference, 'summary.json'), 'utf8');
    const random = seedrandom(process.env['KILL_SEED'] ?? '1');
    let kills = 0;
    let killsWithResults = 0;
    let folder = newFolder();
    while (kills < KILLS) {
      const before = storedIn(folder);
      // By the clock alone, most kills would hit the start of the program on a slow machine.
      const instant =
        random() < 0.5
          ? pause(random() * ms)
          : grownBy(folder, random() * 8 * LINE_BYTES).then(() => pause(random() * 20));
      const killed = await run(folder, instant);
      const after = storedIn(folder);
      expect(after.slice(0, before.length)).toEqual(before);
      if (killed.output === '') {
        kills++;
        if (after.length > before.length) killsWithResults++;
      }
      // Four kills a folder on average, so that resumes of resumes happen, and starts from nothing
      // too.
      if (killed.output === '' && random() < 0.75) continue;
      await run(folder);
      expect(readFileSync(join(folder, 'summary.json'), 'utf8')).toBe(summary);
      expect((await checkResults(folder)).problems).toEqual([]);
      folder = newFolder();
    }
    await run(folder);
    expect(readFileSync(join(folder, 'summary.json'), 'utf8')).toBe(summary);
    // Else the instants were all too early to prove anything.
    expect(killsWithResults).toBeGreaterThan(KILLS / 5);
  },
  KILLS * KILL_MS_MAX,
);

it('interrupted (SIGINT) ends within 2 s with a partial summary', async () => {
  const folder = newFolder();
  const child = spawn(process.execPath, [
    fileURLToPath(built('test/scenarios/running/kill-runner')),
    folder,
  ]);
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  const closed = new Promise((resolve) => child.on('close', resolve));
  while (storedIn(folder).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const began = performance.now();
  child.kill('SIGINT');
  await closed;
  // The promise is 2 s; a busy machine is slower. To the end of the run is another exit code.
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(output.trim()).toBe('130');
  const summary = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'));
  expect(summary.run.partial).toBe(true);
  expect((await checkResults(folder)).problems).toEqual([]);
});
