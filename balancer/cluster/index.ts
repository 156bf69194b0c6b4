export { layerShape, type Layers } from './layer-shape.ts';
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
