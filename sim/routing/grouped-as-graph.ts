import { assert } from './assert.ts';
import { Relation } from '../../topology/index.ts';

/** ASes and their relations as columns; `Network` is one of these, and so is a CAIDA file. */
export interface AsGraphColumns {
  readonly asCount: number;
  /** Neighbours of AS a: neighbour[firstNeighbour[a] … firstNeighbour[a + 1]), ascending by ASN. */
  readonly firstNeighbour: Uint32Array;
  readonly neighbour: Uint32Array;
  /** What each neighbour is to a. */
  readonly neighbourRelation: Uint8Array;
}

/**
 * The same graph with every AS's neighbours regrouped, so that one phase of the solver reads one
 * contiguous run and never looks at a relation:
 *
 *     customers of a          peers of a           providers of a
 *     first[a] …… firstPeer[a] …… firstProvider[a] …… first[a + 1]
 *
 * Inside a group the order is the columns' (ascending ASN), which is what decides ties by ASN.
 */
export interface GroupedAsGraph {
  readonly asCount: number;
  readonly first: Uint32Array;
  readonly firstPeer: Uint32Array;
  readonly firstProvider: Uint32Array;
  readonly neighbour: Uint32Array;
}

/** Regroups the neighbours of every AS by relation; O(ASes + links). */
export function groupByRelation(columns: AsGraphColumns): GroupedAsGraph {
  const { asCount, firstNeighbour } = columns;
  assert(firstNeighbour.length === asCount + 1, 'firstNeighbour has one entry an AS and an end');
  const linkCount = firstNeighbour[asCount]!;
  const firstPeer = new Uint32Array(asCount);
  const firstProvider = new Uint32Array(asCount);
  const neighbour = new Uint32Array(linkCount);
  let write = 0;
  for (let as = 0; as < asCount; as++) {
    write = copyGroup(columns, as, Relation.Customer, neighbour, write);
    firstPeer[as] = write;
    write = copyGroup(columns, as, Relation.Peer, neighbour, write);
    firstProvider[as] = write;
    write = copyGroup(columns, as, Relation.Provider, neighbour, write);
    assert(write === firstNeighbour[as + 1], `AS ${as} has a neighbour of unknown relation`);
  }
  return { asCount, first: firstNeighbour, firstPeer, firstProvider, neighbour };
}

function copyGroup(
  columns: AsGraphColumns,
  as: number,
  relation: Relation,
  into: Uint32Array,
  write: number,
): number {
  const end = columns.firstNeighbour[as + 1]!;
  for (let link = columns.firstNeighbour[as]!; link < end; link++) {
    if (columns.neighbourRelation[link] === relation) into[write++] = columns.neighbour[link]!;
  }
  return write;
}
