export {
  inLayers,
  type LayerPlace,
  type LayerSettings,
  type PrioritySettings,
  type ZoneSettings,
} from './policy-layers.ts';
export { Roster, type RosterEntry } from './roster.ts';
