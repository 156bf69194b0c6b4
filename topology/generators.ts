/**
 * Backbones of textbook shape, to learn with and to test on: `count` POPs named `p0`, `p1`, … at
 * places where the shape can be seen on a map, joined by cable over the great circle.
 *
 *     line  o─o─o─o     ring  o─o      star  o o      mesh  everyone
 *                             │ │             o         with everyone
 *                             o─o            o o
 */

import seedrandom from 'seedrandom';
import { greatCircleKm, propagationNs } from './geo.ts';
import { addLink, createNetworkGraph, type NetworkGraph } from './network-graph.ts';
import { cosine, sine } from './trigonometry.ts';

export interface GeneratorOptions {
  /** Great-circle size of the whole, degrees: 10 is about 1,100 km. */
  readonly extentDegrees?: number;
  readonly bandwidthBps?: number;
}

interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

const EXTENT_DEGREES = 10;
const BANDWIDTH_BPS = 100e9;
const BUFFER_NS = 20_000_000;

/** Throws unless `count` is a whole number of at least 1; so do all generators. */
export function generateLine(count: number, options: GeneratorOptions = {}): NetworkGraph {
  const graph = graphOf(onLine(count, options));
  for (let i = 1; i < count; i++) connect(graph, i - 1, i, options);
  return graph;
}

/** A circle of POPs; two are one link, one is none. */
export function generateRing(count: number, options: GeneratorOptions = {}): NetworkGraph {
  const graph = graphOf(onCircle(count, options));
  for (let i = 1; i < count; i++) connect(graph, i - 1, i, options);
  if (count > 2) connect(graph, 0, count - 1, options);
  return graph;
}

/** `p0` in the middle. */
export function generateStar(count: number, options: GeneratorOptions = {}): NetworkGraph {
  const rim = onCircle(Math.max(count - 1, 1), options).slice(0, count - 1);
  const graph = graphOf([{ latitude: 0, longitude: 0 }, ...rim].slice(0, check(count)));
  for (let i = 1; i < count; i++) connect(graph, 0, i, options);
  return graph;
}

export function generateMesh(count: number, options: GeneratorOptions = {}): NetworkGraph {
  const graph = graphOf(onCircle(count, options));
  for (let i = 1; i < count; i++) {
    for (let j = 0; j < i; j++) connect(graph, j, i, options);
  }
  return graph;
}

/**
 * Random geometric graph (Gilbert 1961): POPs evenly at random in a square, joined when nearer
 * than `radiusKm`; then each part that is left apart is joined to the rest by its shortest link, so
 * that the result is always connected.
 */
export function generateGeometric(
  count: number,
  radiusKm: number,
  seed: string,
  options: GeneratorOptions = {},
): NetworkGraph {
  const random = seedrandom(`geometric/${seed}`);
  const extent = options.extentDegrees ?? EXTENT_DEGREES;
  const points = Array.from({ length: check(count) }, () => ({
    latitude: (random() - 0.5) * extent,
    longitude: (random() - 0.5) * extent,
  }));
  const graph = graphOf(points);
  const pairs = points
    .flatMap((a, i) => points.slice(0, i).map((b, j) => ({ i, j, km: km(a, b) })))
    .sort((a, b) => a.km - b.km || a.i - b.i || a.j - b.j);
  // Shortest first and union of parts (Kruskal 1956): beyond the radius only what joins two parts.
  const part = points.map((_, i) => i);
  const root = (i: number): number => (part[i] === i ? i : (part[i] = root(part[i]!)));
  for (const { i, j, km } of pairs) {
    if (km > radiusKm && root(i) === root(j)) continue;
    part[root(i)] = root(j);
    connect(graph, j, i, options);
  }
  return graph;
}

function check(count: number): number {
  if (Number.isInteger(count) && count >= 1) return count;
  throw new RangeError(`a network has a whole number of POPs, at least 1; not ${count}`);
}

function onLine(count: number, { extentDegrees = EXTENT_DEGREES }: GeneratorOptions): Point[] {
  const step = count > 1 ? extentDegrees / (count - 1) : 0;
  return Array.from({ length: check(count) }, (_, i) => ({ latitude: 0, longitude: i * step }));
}

function onCircle(count: number, { extentDegrees = EXTENT_DEGREES }: GeneratorOptions): Point[] {
  const radius = extentDegrees / 2;
  return Array.from({ length: check(count) }, (_, i) => {
    const angle = (2 * Math.PI * i) / count;
    return { latitude: radius * sine(angle), longitude: radius * cosine(angle) };
  });
}

function graphOf(points: readonly Point[]): NetworkGraph {
  const graph = createNetworkGraph();
  points.forEach(({ latitude, longitude }, i) => {
    const where = { name: `p${i}`, latitude, longitude, country: '', continent: 'africa' } as const;
    graph.addNode(`metro/p${i}`, {
      kind: 'metro',
      ...where,
      city: `p${i}`,
      population: 0,
      utcOffsetHours: 0,
    });
    graph.addNode(`pop/p${i}`, { kind: 'pop', ...where, metro: `metro/p${i}` });
  });
  return graph;
}

function connect(graph: NetworkGraph, a: number, b: number, options: GeneratorOptions): void {
  const [from, to] = [place(graph, a), place(graph, b)];
  addLink(graph, `pop/p${a}`, `pop/p${b}`, {
    kind: 'backbone',
    name: `p${a}-p${b}`,
    latencyNs: propagationNs(km(from, to)),
    bandwidthBps: options.bandwidthBps ?? BANDWIDTH_BPS,
    lossRatio: 0,
    bufferNs: BUFFER_NS,
  });
}

function place(graph: NetworkGraph, pop: number): Point {
  const { latitude, longitude } = graph.getNodeAttributes(`pop/p${pop}`) as Point;
  return { latitude, longitude };
}

function km(a: Point, b: Point): number {
  return greatCircleKm(a.latitude, a.longitude, b.latitude, b.longitude);
}
