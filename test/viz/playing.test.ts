import { describe, expect, it } from 'vitest';
import { crc32 as nodeCrc32 } from '@node-rs/crc32';
import { CatchmentHistory } from '../../viz/data/catchment-history.ts';
import { crc32, decodeChunk, type ChunkShape } from '../../viz/data/decode-chunk.ts';
import { ratioOfByte, SeriesPlayer } from '../../viz/data/series-player.ts';
import { StateHistory } from '../../viz/data/state-history.ts';

/** Three frames of two entities: counts, then a ratio in bytes. */
function chunkOf(counts: readonly number[], ratios: readonly number[]): ArrayBuffer {
  const bytes = new Uint8Array(counts.length * 4 + ratios.length);
  bytes.set(new Uint8Array(Float32Array.from(counts).buffer));
  bytes.set(ratios, counts.length * 4);
  return bytes.buffer;
}

const fine = chunkOf([1, 2, 3, 4, 5, 6], [0, 125, 250, 251, 255, 25]);
const columns = [
  { name: 'requests', type: 'f32' },
  { name: 'utilisation', type: 'u8' },
] as const;
const shapeOf = (bytes: ArrayBuffer, frames: number): ChunkShape => ({
  chunk: { file: 'pops-0-0.bin', bytes: bytes.byteLength, crc32: crc32(new Uint8Array(bytes)) },
  columns,
  entities: 2,
  frames,
});

describe('chunks', () => {
  it('has the checksum of zlib', () => {
    const text = new TextEncoder().encode('123456789');
    expect(crc32(text)).toBe('cbf43926');
    const bytes = new Uint8Array(fine);
    expect(Number.parseInt(crc32(bytes), 16)).toBe(nodeCrc32(Buffer.from(fine)));
  });

  it('are columns, frame after frame', () => {
    const { requests, utilisation } = decodeChunk(fine, shapeOf(fine, 3));
    expect([...requests!]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...utilisation!]).toEqual([0, 125, 250, 251, 255, 25]);
  });

  it('are refused when they are damaged, by name', () => {
    const shape = shapeOf(fine, 3);
    const damaged = fine.slice(0);
    new Uint8Array(damaged)[3] = 9;
    expect(() => decodeChunk(damaged, shape)).toThrow(/pops-0-0[.]bin is corrupted/);
    expect(() => decodeChunk(fine.slice(1), shape)).toThrow(/29 bytes instead of 30/);
  });

  it('ratios in bytes: 0, halves, full, over, none', () => {
    expect([0, 125, 250, 251, 255].map(ratioOfByte)).toEqual([0, 0.5, 1, 1.01, Number.NaN]);
  });
});

describe('a series', () => {
  const coarse = chunkOf([9, 12], [100, 100]);
  const chunk = (file: string, bytes: ArrayBuffer) => ({ ...shapeOf(bytes, 1).chunk, file });
  const series = {
    entities: 2,
    columns,
    levels: [
      { bucket_s: 10, frames: 3, frames_per_chunk: 60, chunks: [chunk('fine', fine)] },
      { bucket_s: 100, frames: 1, frames_per_chunk: 60, chunks: [chunk('coarse', coarse)] },
    ],
  };
  const problems: (string | null)[] = [];
  const play = (isBroken = false) =>
    new SeriesPlayer<'requests' | 'utilisation'>(
      series,
      25,
      async (shape) => {
        if (isBroken && shape.chunk.file === 'fine') throw new Error('fine is corrupted');
        return decodeChunk(shape.chunk.file === 'fine' ? fine : coarse, shape);
      },
      (problem) => problems.push(problem),
    );

  it('answers from the coarse level until the fine one is there', async () => {
    const player = play();
    expect(player.value('requests', 0, 12)).toBeNaN();
    await Promise.resolve();
    await Promise.resolve();
    expect(player.value('requests', 0, 12)).toBe(9);
    player.prefetch(0);
    await new Promise((resolve) => setTimeout(resolve));
    expect([0, 9.9, 10, 24, 99].map((at_s) => player.value('requests', 0, at_s))).toEqual([
      1, 1, 3, 5, 5,
    ]);
    expect(player.value('utilisation', 1, 10)).toBe(1.01);
    expect(player.over('requests', 1)).toEqual({ bucket_s: 10, values: [2, 4, 6] });
  });

  it('reckons rates by the width of the bucket, also of one that the end cuts short', async () => {
    const player = play();
    player.prefetch(0);
    await new Promise((resolve) => setTimeout(resolve));
    expect(player.rate('requests', 0, 0)).toBeCloseTo(0.1, 12);
    // The last bucket covers 20 … 25 s: 5 requests in 5 s.
    expect(player.rate('requests', 0, 21)).toBeCloseTo(1, 12);
  });

  it('names a broken chunk and goes on with the coarse level', async () => {
    problems.length = 0;
    const player = play(true);
    player.prefetch(0);
    await new Promise((resolve) => setTimeout(resolve));
    expect(problems).toContain('fine is corrupted');
    expect(player.value('requests', 1, 12)).toBe(12);
  });
});

it('catchments forwards and back give the same', () => {
  const record = { initial: [0, 0, 1], t_s: [10, 10, 20], region: [0, 1, 0], pop: [1, -1, 0] };
  const history = new CatchmentHistory(record);
  const at = (time_s: number): number[] => {
    history.moveTo(time_s);
    return [...history.pops];
  };
  const times = [0, 9.99, 10, 15, 20, 30];
  const forwards = times.map(at);
  expect(forwards).toEqual([
    [0, 0, 1],
    [0, 0, 1],
    [1, -1, 1],
    [1, -1, 1],
    [0, -1, 1],
    [0, -1, 1],
  ]);
  expect([...times].reverse().map(at).reverse()).toEqual(forwards);
  expect(at(15)).toEqual([1, -1, 1]);
  expect([...history.changed_s]).toEqual([10, 10, -Infinity]);
});

it('states are up until something happens, and know since when and why', () => {
  const change = { kind: 'pop', index: 2, event: 0 } as const;
  const history = new StateHistory([
    { ...change, t_s: 60, state: 'down', cause: 'fail fra-down (power)' },
    { ...change, t_s: 240, state: 'up', cause: 'fra-down ends' },
  ]);
  expect(history.at('pop', 2, 59)).toEqual({ state: 'up', since_s: null, cause: null });
  expect(history.at('pop', 2, 60)).toMatchObject({ state: 'down', since_s: 60 });
  expect(history.at('pop', 2, 999)).toMatchObject({ state: 'up', cause: 'fra-down ends' });
  expect(history.at('link', 2, 100).state).toBe('up');
});
