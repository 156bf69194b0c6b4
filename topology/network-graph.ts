/**
 * The map as a graphology graph: undirected, with parallel edges allowed so that a duplicate link
 * in somebody's file can be reported instead of lost.
 *
 *     region ──(attributes: as, metro)     pop ──backbone── pop
 *                                           │
 *     as ──inter-as── as ───session─────────┘        metro, ixp: named by attributes
 */

import { MultiUndirectedGraph } from 'graphology';
import type { AbstractGraph, SerializedGraph } from 'graphology-types';
import type { LinkAttributes, NodeAttributes } from './attributes.ts';

/** Any graphology graph with our attributes. */
export type NetworkGraph = AbstractGraph<NodeAttributes, LinkAttributes>;

/** The same as plain data, which can be cloned to a worker and hashed. */
export type SerializedNetwork = SerializedGraph<NodeAttributes, LinkAttributes>;

export function createNetworkGraph(): NetworkGraph {
  return new MultiUndirectedGraph<NodeAttributes, LinkAttributes>({ allowSelfLoops: true });
}

/** Throws graphology's error when `serialized` does not have the shape of a graph. */
export function networkGraphFrom(serialized: SerializedNetwork): NetworkGraph {
  const graph = createNetworkGraph();
  graph.import(serialized);
  return graph;
}

/**
 * Adds a link under a key made from its ends, as graphology's own keys start from a random byte and
 * would make two equal maps serialize differently. Throws if that key is taken.
 */
export function addLink(
  graph: NetworkGraph,
  source: string,
  target: string,
  attributes: LinkAttributes,
): void {
  const key = attributes.kind === 'backbone' ? `link/${attributes.name}` : `${source}~${target}`;
  graph.addEdgeWithKey(key, source, target, attributes);
}

/** Node keys of one kind with their attributes, ordered by key (UTF-16 code units). */
export function nodesOfKind<K extends NodeAttributes['kind']>(
  graph: NetworkGraph,
  kind: K,
): readonly (readonly [key: string, attributes: Extract<NodeAttributes, { kind: K }>])[] {
  const nodes: [string, Extract<NodeAttributes, { kind: K }>][] = [];
  graph.forEachNode((key, attributes) => {
    if (attributes.kind === kind) {
      nodes.push([key, attributes as Extract<NodeAttributes, { kind: K }>]);
    }
  });
  return nodes.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
