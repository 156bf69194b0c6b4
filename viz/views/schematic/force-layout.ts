import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type Simulation,
  type SimulationNodeDatum,
} from 'd3-force';
import type { RecordedWorld } from '../../../sim/recording.ts';
import type { Size } from '../../observe-size.ts';

/** Where POPs and origins stand, pixels. */
export interface NetworkPlaces {
  readonly pops: readonly (readonly [x: number, y: number])[];
  readonly origins: readonly (readonly [x: number, y: number])[];
}

/** Ticks until the layout has settled: 300 is where d3-force's cooling ends. */
const TICKS = 300;
const CHARGE = -420;
/** Length of a link: so much, and more with its round trip (1 px a ms). */
const LENGTH = { least: 60, perSecond: 1_000, most: 150 } as const;
const ROOM = 30;

/** Room at the edges for labels, pixels. */
const MARGIN = { x: 90, y: 54 } as const;

interface Node extends SimulationNodeDatum {
  x: number;
  y: number;
}

/**
 * Ticks of one slice times nodes: a node's tick takes some 4 µs, so a slice takes 33 ms, less than
 * what counts as a long task (50 ms). Worlds of up to 25 nodes settle in one slice. Counted in
 * ticks, not in time, so that what a slice does is the same on every machine.
 */
const SLICE_NODE_TICKS = 7_500;

interface Layout {
  readonly nodes: readonly Node[];
  readonly simulation: Simulation<Node, undefined>;
  ticksLeft: number;
}

const layouts = new WeakMap<RecordedWorld, Layout>();

function layoutOf(world: RecordedWorld): Layout {
  let layout = layouts.get(world);
  if (layout === undefined) layouts.set(world, (layout = beginLayout(world)));
  return layout;
}

/** Goes on with the layout for one slice; true once it has settled and stays as it is. */
export function settleFurther(world: RecordedWorld): boolean {
  const layout = layoutOf(world);
  const slice = Math.max(1, Math.floor(SLICE_NODE_TICKS / Math.max(layout.nodes.length, 1)));
  const ticks = Math.min(slice, layout.ticksLeft);
  layout.simulation.tick(ticks);
  layout.ticksLeft -= ticks;
  return layout.ticksLeft === 0;
}

/**
 * POPs by links, origins beside theirs, as far as `settleFurther` has come. d3-force draws from a
 * generator of its own with a fixed seed, so the same world always settles the same way.
 */
export function networkPlaces(world: RecordedWorld, { width, height }: Size): NetworkPlaces {
  const { nodes } = layoutOf(world);
  const fit = fitter(nodes, width, height);
  const all = nodes.map(({ x, y }) => fit(x, y));
  return { pops: all.slice(0, world.pops.length), origins: all.slice(world.pops.length) };
}

function beginLayout({ pops, links, origins }: RecordedWorld): Layout {
  const startOf = (i: number, latitude: number | null, longitude: number | null): Node => {
    if (latitude !== null && longitude !== null) return { x: longitude * 4, y: -latitude * 6 };
    // A sunflower: no two at one place.
    const angle = i * 2.4;
    const radius = 24 * Math.sqrt(i + 0.5);
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  };
  const nodes = pops.map(({ latitude, longitude }, i) => startOf(i, latitude, longitude));
  const own = origins.map(({ near_pop }, i): Node => {
    const near = nodes[near_pop];
    return near === undefined
      ? startOf(pops.length + i, null, null)
      : { x: near.x + 20, y: near.y + 20 + 8 * i };
  });
  const all = [...nodes, ...own];
  const lines = [
    ...links.map(({ a, b, rtt_s }) => ({ source: a, target: b, rtt_s })),
    ...origins.flatMap(({ near_pop }, i) =>
      near_pop < 0 ? [] : [{ source: near_pop, target: pops.length + i, rtt_s: 0 }],
    ),
  ];
  const simulation = forceSimulation(all)
    .force(
      'links',
      forceLink<Node, (typeof lines)[number]>(lines)
        .distance(({ rtt_s }) => Math.min(LENGTH.least + rtt_s * LENGTH.perSecond, LENGTH.most))
        .strength(0.5),
    )
    .force('charge', forceManyBody().strength(CHARGE).distanceMax(600))
    .force('room', forceCollide(ROOM))
    .force('x', forceX(0).strength(0.03))
    .force('y', forceY(0).strength(0.07))
    .stop();
  return { nodes: all, simulation, ticksLeft: TICKS };
}

/** Into the room there is, each axis on its own: a schematic has no scale. */
function fitter(
  nodes: readonly Node[],
  width: number,
  height: number,
): (x: number, y: number) => readonly [number, number] {
  const xs = nodes.map(({ x }) => x);
  const ys = nodes.map(({ y }) => y);
  const along = (values: readonly number[], room: number, margin: number) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const inner = Math.max(room - 2 * margin, 1);
    return (value: number): number =>
      high - low < 1e-6 ? room / 2 : margin + (inner * (value - low)) / (high - low);
  };
  const [toX, toY] = [along(xs, width, MARGIN.x), along(ys, height, MARGIN.y)];
  return (x, y) => [toX(x), toY(y)];
}
