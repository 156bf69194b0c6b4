/**
 * The typed nodes and links of the map while people and importers handle it: a graphology graph
 * whose node and edge attributes are these. `compileNetwork` turns it into columns.
 *
 * Node keys carry their kind: `metro/fra`, `as/1299`, `pop/fra`, `region/de-fra`, `ixp/de-cix`.
 */

/** What the node at the far end of a link is to the node at the near end (Gao & Rexford 2001). */
export const Relation = { Customer: 0, Peer: 1, Provider: 2 } as const;
export type Relation = (typeof Relation)[keyof typeof Relation];

/** Seven regions of the world that DNS regions and reports speak of. */
export const CONTINENTS = [
  'africa',
  'asia',
  'europe',
  'north-america',
  'oceania',
  'south-america',
] as const;
export type Continent = (typeof CONTINENTS)[number];

/** Access technology of a client region; its RTT law is in `topology/access.ts` (FCC MBA). */
export type AccessTechnology = 'fibre' | 'cable' | 'dsl';

export interface MetroAttributes {
  readonly kind: 'metro';
  /** IATA-style code, lower case: `fra`. */
  readonly name: string;
  readonly city: string;
  readonly country: string;
  readonly continent: Continent;
  readonly latitude: number;
  readonly longitude: number;
  readonly population: number;
  /** Offset of local solar time from UTC, hours; drives the day curve. */
  readonly utcOffsetHours: number;
}

export interface AsAttributes {
  readonly kind: 'as';
  readonly asn: number;
  readonly name: string;
  readonly tier: 'tier-1' | 'transit' | 'eyeball' | 'unknown';
  /** Metro node keys where the AS is present; may be empty when an importer does not know. */
  readonly metros: readonly string[];
}

export interface IxpAttributes {
  readonly kind: 'ixp';
  readonly name: string;
  readonly metro: string;
}

export interface PopAttributes {
  readonly kind: 'pop';
  readonly name: string;
  readonly metro: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly continent: Continent;
  readonly country: string;
}

export interface RegionAttributes {
  readonly kind: 'region';
  readonly name: string;
  readonly metro: string;
  readonly as: string;
  readonly continent: Continent;
  readonly country: string;
  /** Share of the world's clients; all regions of a graph sum to 1 within 1e-9. */
  readonly populationShare: number;
  readonly access: AccessTechnology;
  readonly accessRttNs: number;
}

export type NodeAttributes =
  | MetroAttributes
  | AsAttributes
  | IxpAttributes
  | PopAttributes
  | RegionAttributes;

/**
 * AS–AS link (undirected edge, source → target as written): `relation` is what target is to
 * source.
 */
export interface InterAsAttributes {
  readonly kind: 'inter-as';
  readonly relation: Relation;
}

/** POP–AS session at the POP's metro: `relation` is what the AS is to the CDN. */
export interface SessionAttributes {
  readonly kind: 'session';
  readonly relation: Relation;
  /** IXP over which the session runs, if any (node key). */
  readonly ixp?: string;
}

/** POP–POP link of the CDN's own network, both directions alike. */
export interface BackboneAttributes {
  readonly kind: 'backbone';
  /** `fra-ams`; events call it `link/fra-ams`. */
  readonly name: string;
  /** One way. */
  readonly latencyNs: number;
  readonly bandwidthBps: number;
  readonly lossRatio: number;
  /** Buffer as queueing time at full rate. */
  readonly bufferNs: number;
}

export type LinkAttributes = InterAsAttributes | SessionAttributes | BackboneAttributes;
