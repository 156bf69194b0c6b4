/**
 * Reads a backbone from GraphML by the conventions of the Internet Topology Zoo (Knight et al.,
 * JSAC 2011): nodes with `label`, `Latitude`, `Longitude`; edges with `LinkSpeedRaw` in bits a
 * second. Each node with a place becomes a POP in a metro of its own, each edge a backbone link.
 *
 * Left to others: ASes, sessions and clients, of which such a file says nothing (`attach-
 * clients.ts`).
 */

import { createRequire } from 'node:module';
import { MultiGraph } from 'graphology';
import type * as graphml from 'graphology-graphml';
import { CABLE_FACTOR, greatCircleKm, propagationNs } from '../geo.ts';
import { addLink, createNetworkGraph, type NetworkGraph } from '../network-graph.ts';
import { metroTable } from '../worlds/metro-table.ts';
import type { Imported } from './imported.ts';

export interface GraphmlOptions {
  /** `refuse` the file when a node has no coordinates, or `leave-out` the node and its links. */
  readonly withoutCoordinates?: 'refuse' | 'leave-out';
  /** For edges without `LinkSpeedRaw`; 10 Gbit/s if not given. */
  readonly defaultBandwidthBps?: number;
  readonly cableFactor?: number;
}

export interface GraphmlNetwork {
  readonly graph: NetworkGraph;
  /** Labels of nodes left out for want of coordinates. */
  readonly leftOut: readonly string[];
  /** Edges from a node to itself, which a backbone has no use for. */
  readonly selfLoopCount: number;
}

interface Place {
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** The XML reader is loaded when a file comes, as start-up should not pay for it. */
const require = createRequire(import.meta.url);
const DEFAULT_BANDWIDTH_BPS = 10e9;
/** A clean optical link; the files say nothing of loss. */
const LOSS_RATIO = 0;
const BUFFER_NS = 20_000_000;

export function importGraphml(
  text: string,
  options: GraphmlOptions = {},
): Imported<GraphmlNetwork> {
  const parsed = parseXml(text);
  if (!parsed.ok) return parsed;
  const { places, leftOut } = readPlaces(parsed.value);
  if (leftOut.length > 0 && options.withoutCoordinates !== 'leave-out') {
    const message = `${leftOut.length} nodes have no Latitude and Longitude: ${leftOut.join(', ')}`;
    return { ok: false, line: 0, message };
  }
  if (places.size === 0) return { ok: false, line: 0, message: 'no node has coordinates' };
  const graph = createNetworkGraph();
  for (const place of places.values()) addPlace(graph, place);
  const selfLoopCount = addLinks(graph, parsed.value, places, options);
  return { ok: true, value: { graph, leftOut, selfLoopCount } };
}

type Attributes = Readonly<Record<string, unknown>>;

function parseXml(text: string): Imported<MultiGraph<Attributes, Attributes>> {
  if (!/<graph[\s>]/.test(text)) {
    return { ok: false, line: 0, message: 'not GraphML: it has no <graph> element' };
  }
  const { parse } = require('graphology-graphml') as typeof graphml;
  try {
    return { ok: true, value: parse<Attributes, Attributes>(MultiGraph, text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, line: 0, message: `not GraphML: ${reason}` };
  }
}

function readPlaces(graph: MultiGraph<Attributes, Attributes>): {
  readonly places: ReadonlyMap<string, Place>;
  readonly leftOut: readonly string[];
} {
  const places = new Map<string, Place>();
  const leftOut: string[] = [];
  const taken = new Set<string>();
  graph.forEachNode((id, attributes) => {
    const label = typeof attributes['label'] === 'string' ? attributes['label'] : id;
    const latitude = coordinate(attributes['Latitude']);
    const longitude = coordinate(attributes['Longitude']);
    if (latitude === null || longitude === null) leftOut.push(label);
    else places.set(id, { name: uniqueName(label, taken), latitude, longitude });
  });
  return { places, leftOut };
}

function coordinate(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** `São Paulo 2` → `sao-paulo-2`: names that scenarios can write after `pop/`. */
function uniqueName(label: string, taken: Set<string>): string {
  const folded = label.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const base = folded.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'pop';
  let name = base;
  for (let count = 2; taken.has(name); count++) name = `${base}-${count}`;
  taken.add(name);
  return name;
}

/** Country and continent are those of the nearest metro of the built-in worlds. */
function addPlace(graph: NetworkGraph, { name, latitude, longitude }: Place): void {
  const nearest = metroTable()
    .map((metro) => ({
      metro,
      km: greatCircleKm(latitude, longitude, metro.latitude, metro.longitude),
    }))
    .reduce((a, b) => (b.km < a.km ? b : a)).metro;
  const { country, continent } = nearest;
  graph.addNode(`metro/${name}`, { ...nearest, name, city: name, latitude, longitude });
  const metro = `metro/${name}`;
  const place = { name, metro, latitude, longitude, continent, country };
  graph.addNode(`pop/${name}`, { kind: 'pop', ...place });
}

function addLinks(
  graph: NetworkGraph,
  source: MultiGraph<Attributes, Attributes>,
  places: ReadonlyMap<string, Place>,
  options: GraphmlOptions,
): number {
  const { defaultBandwidthBps = DEFAULT_BANDWIDTH_BPS, cableFactor = CABLE_FACTOR } = options;
  const taken = new Set<string>();
  let selfLoopCount = 0;
  source.forEachEdge((_, attributes, from, to) => {
    const [a, b] = [places.get(from), places.get(to)];
    if (a === undefined || b === undefined) return;
    if (a === b) return void selfLoopCount++;
    const km = greatCircleKm(a.latitude, a.longitude, b.latitude, b.longitude);
    const speed = Number(attributes['LinkSpeedRaw']);
    addLink(graph, `pop/${a.name}`, `pop/${b.name}`, {
      kind: 'backbone',
      name: uniqueName(`${a.name}-${b.name}`, taken),
      latencyNs: propagationNs(km, cableFactor),
      bandwidthBps: speed > 0 ? speed : defaultBandwidthBps,
      lossRatio: LOSS_RATIO,
      bufferNs: BUFFER_NS,
    });
  });
  return selfLoopCount;
}
