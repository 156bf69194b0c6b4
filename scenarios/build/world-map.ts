import type { NetworkGraph } from '../../topology/index.ts';
import type { MapNames } from '../names.ts';

/** The map that a scenario runs on; null in a laboratory. */
export interface WorldMap {
  readonly graph: NetworkGraph | null;
  readonly names: MapNames;
}

export const LABORATORY: WorldMap = { graph: null, names: { pops: [], links: [], regions: [] } };
