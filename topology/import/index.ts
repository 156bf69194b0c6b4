export type { Imported } from './imported.ts';
export {
  asGraphToNetworkGraph,
  importAsRelationships,
  type AsRelationships,
} from './import-as-relationships.ts';
export { importGraphml, type GraphmlNetwork, type GraphmlOptions } from './import-graphml.ts';
export { attachClients } from './attach-clients.ts';
export { importJson } from './import-json.ts';
export { metroAt, placeAsGraph, type AsPlaces, type PlacedRegion } from './place-as-graph.ts';
