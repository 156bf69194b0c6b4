export { createCluster, type ClusterPorts, type DrawPurpose } from './create-cluster.ts';
export type { Cluster, Member } from './cluster.ts';
export type { Instance } from './place.ts';
export {
  inLayers,
  type LayerPlace,
  type LayerSettings,
  type PrioritySettings,
  type ZoneSettings,
} from './policy-layers.ts';
export { Roster, type RosterEntry } from './roster.ts';
export * from './options/index.ts';
