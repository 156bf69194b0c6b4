import { crc32 as zlibCrc32 } from '@node-rs/crc32';
import { describe, expect, it } from 'vitest';
import { recordedColumn } from '../../../scenarios/index.ts';
import { byteOfRatio } from '../../../sim/metrics/recording/byte-ratio.ts';
import { byteMeans, means, ratios, sums } from '../../../sim/metrics/recording/coarser.ts';
import { crc32 } from '../../../sim/metrics/recording/crc32.ts';
import { encodeSeries } from '../../../sim/metrics/recording/encode-series.ts';
import { LatencyLog } from '../../../sim/metrics/recording/latency-log.ts';
import { coloursOf } from '../../../sim/metrics/recording/palette.ts';
import { RandomStreams } from '../../../sim/kernel/random.ts';

const random = new RandomStreams('encoding', 0).stream('test', 0);

describe('checksums', () => {
  it('are CRC-32 as others reckon it', () => {
    const text = new TextEncoder().encode('123456789');
    expect(crc32(text)).toBe('cbf43926');
    const bytes = Uint8Array.from({ length: 1000 }, () => random.uint32() & 255);
    expect(Number.parseInt(crc32(bytes), 16)).toBe(zlibCrc32(Buffer.from(bytes)));
  });
});

describe('ratios in a byte', () => {
  it.each([
    [0, 0],
    [1e-9, 1],
    [0.004, 1],
    [0.5, 125],
    [1, 250],
    [1.01, 251],
    [NaN, 255],
  ])('%d is %d', (ratio, byte) => {
    expect(byteOfRatio(ratio)).toBe(byte);
  });
});

describe('wider buckets', () => {
  const column = Float32Array.from([1, 10, 2, 20, 3, 30, 4, 40, 5, 50]);

  it('add up counts and average the rest, entity by entity; the last may be short', () => {
    expect([...sums(column, 2, 2)]).toEqual([3, 30, 7, 70, 5, 50]);
    expect([...means(column, 2, 2)]).toEqual([1.5, 15, 3.5, 35, 5, 50]);
    expect([...ratios(sums(column, 2, 5), Float32Array.from([30, 0]))]).toEqual([0.5, Infinity]);
  });

  it('average bytes over the frames that have one; the last says whether there is one', () => {
    const bytes = Uint8Array.from([10, 20, 255, 255, 255, 30]);
    expect([...byteMeans(bytes, 1, 3)]).toEqual([255, 30]);
    expect([...byteMeans(bytes, 1, 2)]).toEqual([15, 255, 30]);
    expect(byteMeans(bytes, 1, 1)).toBe(bytes);
  });
});

describe('quantiles of many cells', () => {
  it('are within 1.7 % of the exact ones, also when cells are joined', () => {
    const log = new LatencyLog();
    const values: number[][] = Array.from({ length: 40 }, () => []);
    for (let i = 0; i < 8000; i++) {
      const cell = random.uint32() % 39;
      const latencyNs = random.exponential(80e6) + 1e6;
      values[cell]!.push(latencyNs);
      log.add(cell, latencyNs);
    }
    for (const factor of [1, 4]) {
      const [p50, p95] = log.quantiles([0.5, 0.95], 40 / factor, (cell) =>
        Math.floor(cell / factor),
      );
      for (let cell = 0; cell < 40 / factor; cell++) {
        const own = values.slice(cell * factor, (cell + 1) * factor).flat();
        if (own.length === 0) {
          expect(p50![cell]).toBeNaN();
          continue;
        }
        own.sort((a, b) => a - b);
        for (const [share, column] of [
          [0.5, p50!],
          [0.95, p95!],
        ] as const) {
          const exact = own[Math.ceil(share * own.length) - 1]! / 1e9;
          expect(Math.abs(column[cell]! / exact - 1)).toBeLessThan(0.017);
        }
      }
    }
  });
});

describe('series', () => {
  const entities = 3;
  const frames = 7000;
  const counts = Float32Array.from({ length: frames * entities }, (_, cell) => cell % 7);
  const bytes = Uint8Array.from({ length: frames * entities }, (_, cell) => cell % 251);
  const files = new Map<string, Uint8Array>();
  const series = encodeSeries(
    {
      name: 'pops',
      entities,
      bucketNs: 1e9,
      frames,
      columns: [
        { name: 'requests', type: 'f32', at: (factor) => sums(counts, entities, factor) },
        { name: 'utilisation', type: 'u8', at: (factor) => byteMeans(bytes, entities, factor) },
      ],
    },
    files,
  );

  it('have levels until one is small enough to be resident, in chunks of 60 frames', () => {
    expect(series.levels.map(({ bucket_s, frames: count }) => [bucket_s, count])).toEqual([
      [1, 7000],
      [10, 700],
      [60, 117],
    ]);
    expect(series.levels.map(({ chunks }) => chunks.length)).toEqual([117, 12, 2]);
    expect(files.size).toBe(131);
    const last = series.levels[0]!.chunks.at(-1)!;
    expect(last).toMatchObject({ file: 'pops-0-116.bin', bytes: 40 * entities * 5 });
    expect(last.crc32).toBe(crc32(files.get(last.file)!));
  });

  it('of many entities have a level that fits into 16 MiB, however few their frames are', () => {
    const wide = { name: 'regions', entities: 20_000, bucketNs: 10e9, frames: 540 };
    const at = (factor: number): Float32Array =>
      new Float32Array(Math.ceil(540 / factor) * wide.entities);
    const { levels } = encodeSeries(
      { ...wide, columns: [{ name: 'requests', type: 'f32', at }] },
      new Map(),
    );
    const bytes = levels.map(({ chunks }) => chunks.reduce((sum, chunk) => sum + chunk.bytes, 0));
    expect(bytes).toEqual([540 * 80_000, 54 * 80_000]);
  });

  it('read back as they were written, and add up to the same at every level', () => {
    for (const level of series.levels) {
      const read = (name: 'requests' | 'utilisation') =>
        level.chunks.flatMap(({ file }, chunk) => [
          ...recordedColumn(series, level, chunk, files.get(file)!, name),
        ]);
      const total = read('requests').reduce((sum, value) => sum + value, 0);
      expect(total).toBe(counts.reduce((sum, value) => sum + value, 0));
      if (level === series.levels[0]) {
        expect(read('requests')).toEqual([...counts]);
        expect(read('utilisation')).toEqual([...bytes]);
      }
    }
  });
});

describe('colours', () => {
  it('differ between near neighbours, and go in turn where there are no places', () => {
    const at = (latitude: number, longitude: number) => ({ latitude, longitude });
    const europe = [at(52, 5), at(50, 9), at(51, 0), at(49, 2), at(52, 21), at(40, -4), at(59, 18)];
    expect(new Set(coloursOf(europe)).size).toBe(7);
    const nowhere = Array.from({ length: 9 }, () => ({ latitude: null, longitude: null }));
    expect(coloursOf(nowhere)).toEqual([0, 1, 2, 3, 4, 5, 6, 0, 1]);
  });
});
