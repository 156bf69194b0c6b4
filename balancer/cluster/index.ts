export { createCluster, type ClusterPorts, type DrawPurpose } from './create-cluster.ts';
export type { Cluster, Member } from './cluster.ts';
export {
  readClusterOptions,
  type ClusterOptions,
  type ClusterSettings,
} from './cluster-options.ts';
export type { Choice, Written } from './named-choice.ts';
export type { Instance } from './place.ts';
export { layerShape, type Layers } from './layer-shape.ts';
export { fallRiseShape, outlierShape, probeTimeShape } from './health-shape.ts';
export { outlierRule, probeTimes, type Outliers, type ProbeTimes } from './read-health.ts';
export { plainQuantities, type Quantities } from './quantities.ts';
export { layerContradictions, ZONE_LAYERS, type Contradiction } from './contradictions.ts';
export {
  affinitySettings,
  limitSettings,
  prioritySettings,
  retrySettings,
  slowStartSettings,
  subsetSettings,
  zoneSettings,
} from './read-layers.ts';
export {
  inLayers,
  type LayerPlace,
  type LayerSettings,
  type PrioritySettings,
  type ZoneSettings,
} from './policy-layers.ts';
export { Roster, type RosterEntry } from './roster.ts';
