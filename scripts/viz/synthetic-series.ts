import type { RecordedWorld } from '../../sim/index.ts';
import type { LinkColumn, PopColumn, RegionColumn } from '../../sim/index.ts';
import { byteOfRatio } from '../../sim/metrics/recording/byte-ratio.ts';
import { byteMeans, means, sums } from '../../sim/metrics/recording/coarser.ts';
import type { ColumnSource, SeriesSource } from '../../sim/metrics/recording/encode-series.ts';
import { streamOf, type Tier } from './synthetic-world.ts';

type Value = (entity: number, frame: number) => number;

/** Series of a world in which POP 0 is down for a while; each entity has a wave of its own. */
export class SyntheticSeries {
  readonly #world: RecordedWorld;
  readonly #seconds: number;
  readonly #isDown: (pop: number, second: number) => boolean;
  readonly #uniform: () => number;

  constructor(
    { tier, strategy, world }: { tier: Tier; strategy: string; world: RecordedWorld },
    seconds: number,
    isDown: (pop: number, second: number) => boolean,
  ) {
    const draw = streamOf(tier, `series ${strategy}`);
    this.#world = world;
    this.#seconds = seconds;
    this.#isDown = isDown;
    this.#uniform = () => draw.uniform();
  }

  pops(): SeriesSource<PopColumn> {
    const shape = this.#shape('pops', this.#world.pops.length, 1);
    const n = shape.entities;
    const ifUp = (value: Value, otherwise: number) => (pop: number, frame: number) =>
      this.#isDown(pop, frame) ? otherwise : value(pop, frame);
    const wave: Value = (pop, frame) => this.#wave(pop, frame);
    const requests = floats(
      shape,
      ifUp((pop, at) => Math.round(2000 * wave(pop, at)), 900),
    );
    const failed = floats(
      shape,
      ifUp(() => 0, 900),
    );
    const inFlight = floats(
      shape,
      ifUp((pop, at) => 24 * wave(pop, at), 0),
    );
    const latency_s = floats(
      shape,
      ifUp((pop, at) => 0.02 + 0.1 * wave(pop, at), NaN),
    );
    const hits = floats(
      shape,
      ifUp(() => 0.9 + 0.05 * this.#uniform(), NaN),
    );
    const busy = bytes(
      shape,
      ifUp((pop, at) => byteOfRatio(wave(pop, at)), 0),
    );
    const mean = (name: PopColumn, column: Float32Array): ColumnSource<PopColumn> => {
      return { name, type: 'f32', at: (factor) => means(column, n, factor) };
    };
    return {
      ...shape,
      columns: [
        { name: 'requests', type: 'f32', at: (factor) => sums(requests, n, factor) },
        { name: 'failed', type: 'f32', at: (factor) => sums(failed, n, factor) },
        mean('in_flight', inFlight),
        mean(
          'latency_p50_s',
          latency_s.map((value) => value / 2),
        ),
        mean('latency_p95_s', latency_s),
        mean('hit_ratio', hits),
        { name: 'utilisation', type: 'u8', at: (factor) => byteMeans(busy, n, factor) },
        { name: 'egress_utilisation', type: 'u8', at: (factor) => byteMeans(busy, n, factor) },
      ],
    };
  }

  links(): SeriesSource<LinkColumn> {
    const shape = this.#shape('links', this.#world.links.length * 2, 1);
    const carried = bytes(shape, (pipe, at) => byteOfRatio(this.#wave(pipe, at) ** 2));
    const at = (factor: number): Uint8Array => byteMeans(carried, shape.entities, factor);
    return { ...shape, columns: [{ name: 'utilisation', type: 'u8', at }] };
  }

  regions(): SeriesSource<RegionColumn> {
    const { regions } = this.#world;
    const shape = this.#shape('regions', regions.length, 10);
    const n = shape.entities;
    const requests = floats(shape, (region) => regions[region]!.weight * 1e6);
    const latency_s = floats(shape, (region, at) => 0.05 + 0.1 * this.#wave(region, at));
    const failed = bytes(shape, () => 0);
    return {
      ...shape,
      columns: [
        { name: 'requests', type: 'f32', at: (factor) => sums(requests, n, factor) },
        { name: 'latency_p95_s', type: 'f32', at: (factor) => means(latency_s, n, factor) },
        { name: 'failed_ratio', type: 'u8', at: (factor) => byteMeans(failed, n, factor) },
      ],
    };
  }

  #shape(name: string, entities: number, bucket_s: number) {
    const frames = Math.ceil(this.#seconds / bucket_s);
    return { name, entities, bucketNs: bucket_s * 1e9, frames };
  }

  /** A triangle of ten minutes with a phase of each entity's own, and noise; from 0.15 to 0.95. */
  #wave(entity: number, frame: number): number {
    const phase = (frame / 300 + entity * 0.618) % 2;
    return 0.15 + 0.7 * Math.abs(phase - 1) + 0.1 * this.#uniform();
  }
}

interface Shape {
  readonly entities: number;
  readonly frames: number;
}

function floats(shape: Shape, value: Value): Float32Array {
  const column = new Float32Array(shape.entities * shape.frames);
  fill(column, shape.entities, value);
  return column;
}

function bytes(shape: Shape, value: Value): Uint8Array {
  const column = new Uint8Array(shape.entities * shape.frames);
  fill(column, shape.entities, value);
  return column;
}

function fill(column: Float32Array | Uint8Array, entities: number, value: Value): void {
  for (let cell = 0; cell < column.length; cell++) {
    column[cell] = value(cell % entities, Math.floor(cell / entities));
  }
}
