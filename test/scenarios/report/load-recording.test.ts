import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadRecording, recordedColumn, recordingFolder } from '../../../scenarios/index.ts';
import {
  hasRecording,
  recordingHashes,
  sweepRecordings,
  writeRecording,
} from '../../../scenarios/running/recording-files.ts';
import type { Recording } from '../../../sim/index.ts';
import { columnOf, record, SMALL_NETWORK, worldOf } from '../../sim/recording/recorded-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'anycastle-recording-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { recording } = record(worldOf(SMALL_NETWORK, 'anycast'));
const written = async (name: string): Promise<string> => {
  const dir = join(folder, name);
  await writeRecording(dir, recording);
  return dir;
};

describe('a recording in a results folder', () => {
  it('reads back as it was made', async () => {
    const stored = await loadRecording(await written('whole'), 'anycast');
    expect(stored!.index).toEqual(recording.index);
    const { pops } = stored!.index.series;
    const level = pops.levels[0]!;
    const bytes = await stored!.chunk(level.chunks[0]!);
    expect([...recordedColumn(pops, level, 0, bytes, 'requests')]).toEqual(
      columnOf(recording, pops, 'requests'),
    );
    const traces = await stored!.traces();
    expect(traces!.requests).toHaveLength(stored!.index.traces!.count);
  });

  it('is null where nothing was recorded', async () => {
    expect(await loadRecording(join(folder, 'nothing'), 'anycast')).toBeNull();
  });

  it('names the chunk that is damaged or gone, and still gives the others', async () => {
    const dir = await written('damaged');
    const stored = (await loadRecording(dir, 'anycast'))!;
    const { links, pops } = stored.index.series;
    const [bad, good] = [links!.levels[0]!.chunks[0]!, pops.levels[0]!.chunks[0]!];
    const path = join(stored.dir, bad.file);
    const bytes = readFileSync(path);
    bytes[3]! ^= 1;
    writeFileSync(path, bytes);
    await expect(stored.chunk(bad)).rejects.toThrow(/links-0-0\.bin is damaged/);
    rmSync(path);
    await expect(stored.chunk(bad)).rejects.toThrow(/cannot read .*links-0-0\.bin/);
    expect((await stored.chunk(good)).length).toBe(good.bytes);
  });

  it('of a newer format, or torn, is refused', async () => {
    const dir = await written('foreign');
    const path = join(dir, recordingFolder('anycast'), 'index.json');
    writeFileSync(path, JSON.stringify({ ...recording.index, format: 2 }));
    await expect(loadRecording(dir, 'anycast')).rejects.toThrow(/is of format 2; .* format 1/);
    writeFileSync(path, '{"format": 1, "sce');
    await expect(loadRecording(dir, 'anycast')).rejects.toThrow(/is damaged/);
  });
});

describe('the files', () => {
  it('replace those of an earlier recording whole, with hashes in the manifest', async () => {
    const dir = await written('again');
    const one: Recording = {
      index: recording.index,
      files: new Map([['pops-0-0.bin', new Uint8Array(4)]]),
    };
    await writeRecording(dir, one);
    expect(Object.keys(await recordingHashes(dir, 'anycast'))).toEqual([
      'timeline/anycast/index.json',
      'timeline/anycast/pops-0-0.bin',
    ]);
    expect(await recordingHashes(dir, 'other')).toEqual({});
  });

  it('are kept when a run is resumed, but for drafts; a new run begins without any', async () => {
    const dir = await written('swept');
    const draft = `${join(dir, recordingFolder('geo-dns'))}%draft`;
    await writeRecording(dir, { ...recording, index: { ...recording.index, strategy: 'geo-dns' } });
    mkdirSync(draft);
    await sweepRecordings(dir, false);
    expect(existsSync(draft)).toBe(false);
    expect(hasRecording(dir, 'geo-dns')).toBe(true);
    await sweepRecordings(dir, true);
    expect(hasRecording(dir, 'geo-dns')).toBe(false);
    await sweepRecordings(dir, true);
  });
});
