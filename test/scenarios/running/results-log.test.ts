import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FolderError } from '../../../scenarios/running/folder-error.ts';
import {
  decodeLine,
  encodeLine,
  type ResultsLine,
} from '../../../scenarios/running/results-line.ts';
import { parseLog, ResultsLog, type LogFile } from '../../../scenarios/running/results-log.ts';
import { runReplication } from './mm1-replication.ts';
import { labWorld } from './mm1-request.ts';

async function line(replication: number, strategy = 'Zürich → 東京'): Promise<ResultsLine> {
  return {
    kind: 'measured',
    strategy,
    replication,
    result: await runReplication(labWorld(strategy, { duration_s: 1 }), '1', replication),
  };
}

describe('a line of results.jsonl', () => {
  it('is JSON, canonical, and comes back as it was', async () => {
    const original = await line(3);
    const text = encodeLine(original);
    expect(JSON.parse(text)).toMatchObject({ kind: 'measured', replication: 3 });
    expect(decodeLine(text)).toEqual(original);
    const { kind, strategy, replication, result } = original;
    expect(encodeLine({ result, replication, strategy, kind })).toBe(text);
  });

  it('refuses what JSON would silently turn into null', async () => {
    const original = await line(0);
    const broken = {
      ...original,
      result: { ...original.result, metrics: { latency_mean_s: NaN } },
    };
    expect(() => encodeLine(broken)).toThrow();
  });

  it('known answer: CRC-32C of "123456789" is e3069283', async () => {
    const { crc32c } = await import('@node-rs/crc32');
    expect(crc32c(Buffer.from('123456789')).toString(16)).toBe('e3069283');
  });
});

describe('a damaged log', () => {
  it('is cut at the last whole line, for damage at each byte of the last three', async () => {
    const lines = [0, 1, 2, 3].map(
      async (replication) => `${encodeLine(await line(replication))}\n`,
    );
    const texts = (await Promise.all(lines)).map((text) => Buffer.from(text));
    const whole = Buffer.concat(texts);
    const ends = texts.reduce<number[]>(
      (all, text) => [...all, (all.at(-1) ?? 0) + text.length],
      [],
    );
    expect(parseLog(whole)).toMatchObject({ validBytes: whole.length, damagedBytes: 0 });
    const before = (position: number): number => ends.filter((end) => end <= position).length;
    for (let position = ends[0]!; position < whole.length; position++) {
      const kept = before(position);
      const cut = parseLog(whole.subarray(0, position));
      expect(cut.lines.length).toBe(kept);
      expect(cut.validBytes).toBe(kept === 0 ? 0 : ends[kept - 1]);
      const flipped = Buffer.from(whole);
      flipped[position] = flipped[position]! ^ (1 << (position % 8));
      const parsed = parseLog(flipped);
      if (parsed.lines.length !== kept || parsed.damagedBytes === 0)
        expect.fail(`flip at ${position} was not seen`);
    }
  });
});

/**
 * A disk with room for `room` bytes; the write that does not fit is done in part, as real ones
 * do.
 */
class SmallDisk implements Pick<LogFile, 'datasync' | 'truncate' | 'close'> {
  bytes = Buffer.alloc(0);
  readonly #room: number;

  constructor(room: number) {
    this.#room = room;
  }

  async write(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesWritten: number; buffer: Buffer }> {
    const fits = Math.min(length, this.#room - position);
    if (fits <= 0)
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    this.bytes = Buffer.concat([
      this.bytes.subarray(0, position),
      buffer.subarray(offset, offset + fits),
    ]);
    return { bytesWritten: fits, buffer };
  }

  async datasync(): Promise<void> {}
  async truncate(length = 0): Promise<void> {
    this.bytes = this.bytes.subarray(0, length);
  }
  async close(): Promise<void> {}
}

describe('a full disk', () => {
  it('at any byte: earlier lines stay, no half line, exit code 5 and bytes needed', async () => {
    const texts = await Promise.all(
      [0, 1, 2].map(async (replication) => encodeLine(await line(replication, 'a'))),
    );
    const sizes = texts.map((text) => Buffer.byteLength(text) + 1);
    const total = sizes.reduce((a, b) => a + b);
    for (let room = 0; room < total; room += 7) {
      const disk = new SmallDisk(room);
      const log = new ResultsLog(disk as unknown as LogFile, 0);
      const outcomes = await Promise.allSettled(texts.map((text) => log.append(text)));
      const failure = outcomes.find((outcome) => outcome.status === 'rejected')!;
      expect(failure.reason).toBeInstanceOf(FolderError);
      expect((failure.reason as FolderError).exitCode).toBe(5);
      expect((failure.reason as FolderError).message).toMatch(
        /disk is full.*\d+ bytes were needed/,
      );
      const { lines, damagedBytes } = parseLog(disk.bytes);
      expect(damagedBytes).toBe(0);
      expect(lines.length).toBe(outcomes.filter(({ status }) => status === 'fulfilled').length);
    }
  });

  it('the real one: /dev/full', async () => {
    if (process.platform !== 'linux') return;
    const { open } = await import('node:fs/promises');
    const log = new ResultsLog(await open('/dev/full', 'w'), 0);
    await expect(log.append('{}')).rejects.toMatchObject({ exitCode: 5 });
    await log.close();
  });
});

describe('appending', () => {
  it('goes on after the valid prefix', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'anycastle-log-')), 'results.jsonl');
    const texts = await Promise.all(
      [0, 1].map(async (replication) => encodeLine(await line(replication, 'a'))),
    );
    writeFileSync(path, `${texts[0]}\n${texts[1]!.slice(0, 20)}`);
    const { validBytes } = parseLog(readFileSync(path));
    const log = await ResultsLog.open(path, validBytes);
    await Promise.all([log.append(texts[1]!), log.append(texts[0]!)]);
    await log.close();
    expect(readFileSync(path, 'utf8')).toBe(`${texts[0]}\n${texts[1]}\n${texts[0]}\n`);
  });
});
