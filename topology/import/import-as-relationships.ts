/**
 * Reads CAIDA AS-relationship files: serial-1 `a|b|r` and serial-2 `a|b|r|source`, where r is −1
 * when a is a provider of b, 0 when they are peers; `#` starts a comment. Plain, gzip or bzip2.
 *
 * What the file says twice: an equal line again is counted and dropped; one pair with two relations
 * keeps the first line, and is counted as a conflict (siblings look like that). Customer cycles are
 * kept, as the solver's lengths cannot loop.
 */

import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import { buildAsGraph, type AsGraph } from '../as-graph.ts';
import type { Relation } from '../attributes.ts';
import { addLink, createNetworkGraph, type NetworkGraph } from '../network-graph.ts';
import { AsLinkParser } from './as-link-parser.ts';
import type { Imported } from './imported.ts';

export interface AsRelationships {
  readonly graph: AsGraph;
  /** Lines with a link, duplicates and conflicts included. */
  readonly lineCount: number;
  readonly duplicateCount: number;
  readonly conflictCount: number;
}

/** Loaded when a packed file comes, as start-up should not pay for it. */
const require = createRequire(import.meta.url);
/** Twenty times the file of the year 2024: what unpacks to more is no AS graph. */
const UNPACKED_BYTES_MAX = 256 * 1024 * 1024;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

/** Parses a file's content. Stops at the first line that is not of the format. */
export function importAsRelationships(file: Uint8Array): Imported<AsRelationships> {
  const unpacked = unpack(file);
  if (!unpacked.ok) return unpacked;
  const bytes = unpacked.value;
  const parser = new AsLinkParser(bytes);
  for (let start = 0, line = 1; start < bytes.length; line++) {
    let end = bytes.indexOf(NEWLINE, start);
    if (end < 0) end = bytes.length;
    const message = parser.read(start, bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end);
    if (message !== null) return { ok: false, line, message };
    start = end + 1;
  }
  const { lineCount, duplicateCount, conflictCount } = parser;
  return {
    ok: true,
    value: { graph: buildAsGraph(parser.links()), lineCount, duplicateCount, conflictCount },
  };
}

/** The same as a graphology graph, whose ASes have no metros; for graphs of some thousand ASes. */
export function asGraphToNetworkGraph(graph: AsGraph): NetworkGraph {
  const network = createNetworkGraph();
  for (const asn of graph.asn) {
    network.addNode(`as/${asn}`, {
      kind: 'as',
      asn,
      name: `AS${asn}`,
      tier: 'unknown',
      metros: [],
    });
  }
  for (let as = 0; as < graph.asCount; as++) {
    for (let slot = graph.firstNeighbour[as]!; slot < graph.firstNeighbour[as + 1]!; slot++) {
      const neighbour = graph.neighbour[slot]!;
      if (neighbour < as) continue;
      const relation = graph.neighbourRelation[slot] as Relation;
      addLink(network, `as/${graph.asn[as]}`, `as/${graph.asn[neighbour]}`, {
        kind: 'inter-as',
        relation,
      });
    }
  }
  return network;
}

/** Undoes gzip or bzip2, told by the first bytes (RFC 1952; `BZh`). */
function unpack(file: Uint8Array): Imported<Uint8Array> {
  try {
    if (file[0] === 0x1f && file[1] === 0x8b)
      return { ok: true, value: gunzipSync(file, { maxOutputLength: UNPACKED_BYTES_MAX }) };
    const isBzip2 = file[0] === 0x42 && file[1] === 0x5a && file[2] === 0x68;
    if (!isBzip2) return { ok: true, value: file };
    const bzip2 = require('seek-bzip') as { decode(packed: Buffer): Buffer };
    return { ok: true, value: bzip2.decode(Buffer.from(file)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, line: 0, message: `the compressed file is damaged: ${reason}` };
  }
}
