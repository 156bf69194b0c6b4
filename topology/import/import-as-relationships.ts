/**
 * Reads CAIDA AS-relationship files: serial-1 `a|b|r` and serial-2 `a|b|r|source`, where r is −1
 * when a is a provider of b, 0 when they are peers; `#` starts a comment. Plain, gzip or bzip2.
 *
 * What the file says twice: an equal line again is counted and dropped; one pair with two relations
 * keeps the first line, and is counted as a conflict (siblings look like that). Customer cycles are
 * kept, as the solver's lengths cannot loop.
 */

import { gunzipSync } from 'node:zlib';
import bzip2 from 'seek-bzip';
import { buildAsGraph, type AsGraph } from '../as-graph.ts';
import { Relation } from '../attributes.ts';
import { addLink, createNetworkGraph, type NetworkGraph } from '../network-graph.ts';
import type { Imported } from './imported.ts';

export interface AsRelationships {
  readonly graph: AsGraph;
  /** Lines with a link, duplicates and conflicts included. */
  readonly lineCount: number;
  readonly duplicateCount: number;
  readonly conflictCount: number;
}

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const HASH = 35;
const MINUS = 45;
const BAR = 124;

/** Parses a file's content. Stops at the first line that is not of the format. */
export function importAsRelationships(file: Uint8Array): Imported<AsRelationships> {
  const unpacked = unpack(file);
  if (!unpacked.ok) return unpacked;
  const bytes = unpacked.value;
  const parser = new LineParser(bytes);
  for (let start = 0, line = 1; start < bytes.length; line++) {
    let end = bytes.indexOf(NEWLINE, start);
    if (end < 0) end = bytes.length;
    const message = parser.read(start, bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end);
    if (message !== null) return { ok: false, line, message };
    start = end + 1;
  }
  const { links, duplicateCount, conflictCount } = parser;
  return {
    ok: true,
    value: {
      graph: buildAsGraph(links()),
      lineCount: parser.lineCount,
      duplicateCount,
      conflictCount,
    },
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
    if (file[0] === 0x1f && file[1] === 0x8b) return { ok: true, value: gunzipSync(file) };
    const isBzip2 = file[0] === 0x42 && file[1] === 0x5a && file[2] === 0x68;
    return { ok: true, value: isBzip2 ? bzip2.decode(Buffer.from(file)) : file };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, line: 0, message: `the compressed file is damaged: ${reason}` };
  }
}

/** Reads lines out of bytes, as making a string of each of 432,000 lines takes most of the time. */
class LineParser {
  lineCount = 0;
  duplicateCount = 0;
  conflictCount = 0;
  private count = 0;
  private readonly nearAsn: Uint32Array;
  private readonly farAsn: Uint32Array;
  private readonly relation: Uint8Array;
  /** Relation by pair, lower ASN first: low × 2^32 + high needs 64 bits, so one map a low ASN. */
  private readonly seen = new Map<number, Map<number, number>>();
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    // The shortest line is `1|2|0` and a newline.
    const most = Math.ceil(bytes.length / 6) + 1;
    this.nearAsn = new Uint32Array(most);
    this.farAsn = new Uint32Array(most);
    this.relation = new Uint8Array(most);
  }

  readonly links = () => ({
    count: this.count,
    nearAsn: this.nearAsn,
    farAsn: this.farAsn,
    relation: this.relation,
  });

  /** Takes the line in [start, end); what is wrong with it, or null. */
  read(start: number, end: number): string | null {
    const { bytes } = this;
    if (start === end || bytes[start] === HASH) return null;
    this.at = start;
    const near = this.number(end);
    if (near < 0 || bytes[this.at++] !== BAR) return FORM;
    const far = this.number(end);
    if (far < 0 || bytes[this.at++] !== BAR) return FORM;
    const isProvider = bytes[this.at] === MINUS;
    if (isProvider) this.at++;
    if (this.number(end) !== (isProvider ? 1 : 0)) return 'the relation is neither -1 nor 0';
    if (this.at !== end && bytes[this.at] !== BAR) return FORM;
    if (near > 0xffff_ffff || far > 0xffff_ffff) return 'an AS number has at most 32 bits';
    if (near === far) return `AS ${near} is linked to itself`;
    this.add(near, far, isProvider ? Relation.Customer : Relation.Peer);
    return null;
  }

  /** Digits from `at` on; −1 if there are none. */
  private number(end: number): number {
    const first = this.at;
    let value = 0;
    while (this.at < end) {
      const digit = this.bytes[this.at]! - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      this.at++;
    }
    return this.at === first ? -1 : value;
  }

  private add(near: number, far: number, relation: Relation): void {
    this.lineCount++;
    const low = near < far ? near : far;
    const high = near < far ? far : near;
    // What the higher-numbered AS is to the lower.
    const fromLow = relation === Relation.Peer || near === low ? relation : Relation.Provider;
    let row = this.seen.get(low);
    if (row === undefined) this.seen.set(low, (row = new Map()));
    const before = row.get(high);
    if (before !== undefined) {
      if (before === fromLow) this.duplicateCount++;
      else this.conflictCount++;
      return;
    }
    row.set(high, fromLow);
    this.nearAsn[this.count] = near;
    this.farAsn[this.count] = far;
    this.relation[this.count++] = relation;
  }
}

const FORM = 'expected provider|customer|-1 or peer|peer|0, with an optional source';
