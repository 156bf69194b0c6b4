/**
 * The compiled map. Shapes: one entry a node unless a `first…` column (CSR offsets, length n + 1)
 * says otherwise.
 */

export type MetroIndex = number & { readonly brand: 'MetroIndex' };
export type AsIndex = number & { readonly brand: 'AsIndex' };
export type PopIndex = number & { readonly brand: 'PopIndex' };
export type RegionIndex = number & { readonly brand: 'RegionIndex' };
export type LinkIndex = number & { readonly brand: 'LinkIndex' };

export interface Network {
  readonly metroCount: number;
  readonly metroNames: readonly string[];
  readonly metroLatitude: Float64Array;
  readonly metroLongitude: Float64Array;

  readonly asCount: number;
  readonly asNames: readonly string[];
  readonly asn: Float64Array;
  /** Metros where AS a is present: asMetro[firstAsMetro[a] … firstAsMetro[a + 1]), ascending. */
  readonly firstAsMetro: Uint32Array;
  readonly asMetro: Uint32Array;
  /** Neighbours of AS a, each with what it is to a (`Relation`), ascending by ASN. */
  readonly firstNeighbour: Uint32Array;
  readonly neighbour: Uint32Array;
  readonly neighbourRelation: Uint8Array;

  readonly popCount: number;
  readonly popNames: readonly string[];
  readonly popMetro: Uint32Array;
  readonly popLatitude: Float64Array;
  readonly popLongitude: Float64Array;
  readonly popContinents: readonly string[];
  /** BGP sessions of POP p: the AS and what it is to the CDN. */
  readonly firstSession: Uint32Array;
  readonly sessionAs: Uint32Array;
  readonly sessionRelation: Uint8Array;

  /** Backbone links (undirected). */
  readonly linkCount: number;
  readonly linkNames: readonly string[];
  readonly linkPopA: Uint32Array;
  readonly linkPopB: Uint32Array;
  readonly linkLatencyNs: Float64Array;
  readonly linkBandwidthBps: Float64Array;
  readonly linkLossRatio: Float64Array;
  readonly linkBufferNs: Float64Array;

  readonly regionCount: number;
  readonly regionNames: readonly string[];
  readonly regionAs: Uint32Array;
  readonly regionMetro: Uint32Array;
  readonly regionContinents: readonly string[];
  readonly regionPopulationShare: Float64Array;
  readonly regionUtcOffsetHours: Float64Array;
  readonly regionAccessRttNs: Float64Array;
}
