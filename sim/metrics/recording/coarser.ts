import { BYTE_SCALE } from './byte-ratio.ts';

/**
 * Columns of a series in wider buckets. A column holds frame after frame, one value an entity;
 * `factor` frames become one, the last of those that are left.
 */
export function sums(column: Float32Array, entities: number, factor: number): Float32Array {
  const frames = column.length / entities;
  const wider = new Float64Array(Math.ceil(frames / factor) * entities);
  for (let frame = 0; frame < frames; frame++) {
    const to = Math.floor(frame / factor) * entities;
    for (let entity = 0; entity < entities; entity++) {
      wider[to + entity]! += column[frame * entities + entity]!;
    }
  }
  return Float32Array.from(wider);
}

export function means(column: Float32Array, entities: number, factor: number): Float32Array {
  const frames = column.length / entities;
  const wider = sums(column, entities, factor);
  return wider.map((sum, cell) => sum / framesIn(Math.floor(cell / entities), frames, factor));
}

/** Two columns of sums, one by the other; NaN for 0 ÷ 0. */
export function ratios(parts: Float32Array, wholes: Float32Array): Float32Array {
  return parts.map((part, cell) => part / wholes[cell]!);
}

/**
 * Means of ratios in bytes, over the frames that have one, rounded up; `none` where the last frame
 * has none: the state at the end of the bucket.
 */
export function byteMeans(column: Uint8Array, entities: number, factor: number): Uint8Array {
  if (factor === 1) return column;
  const frames = column.length / entities;
  const widerFrames = Math.ceil(frames / factor);
  const wider = new Uint8Array(widerFrames * entities);
  for (let wide = 0; wide < widerFrames; wide++) {
    const first = wide * factor;
    const end = first + framesIn(wide, frames, factor);
    for (let entity = 0; entity < entities; entity++) {
      let sum = 0;
      let count = 0;
      let last = 0;
      for (let frame = first; frame < end; frame++) {
        last = column[frame * entities + entity]!;
        if (last === BYTE_SCALE.none) continue;
        sum += last;
        count++;
      }
      wider[wide * entities + entity] =
        last === BYTE_SCALE.none ? BYTE_SCALE.none : Math.ceil(sum / count);
    }
  }
  return wider;
}

function framesIn(wide: number, frames: number, factor: number): number {
  return Math.min(factor, frames - wide * factor);
}
