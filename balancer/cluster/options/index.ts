export {
  readClusterOptions,
  type ClusterOptions,
  type ClusterSettings,
} from './cluster-options.ts';
export type { Choice, Written } from './named-choice.ts';
export { layerShape, type Layers } from './layer-shape.ts';
export { fallRiseShape, outlierShape, probeTimeShape } from './health-shape.ts';
export { outlierRule, probeTimes, type Outliers, type ProbeTimes } from './read-health.ts';
export { plainQuantities, type Quantities } from './quantities.ts';
export { layerContradictions, ZONE_LAYERS, type Contradiction } from './layer-contradictions.ts';
export {
  affinitySettings,
  limitSettings,
  prioritySettings,
  retrySettings,
  slowStartSettings,
  subsetSettings,
  zoneSettings,
} from './read-layers.ts';
