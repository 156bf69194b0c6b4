import type { NetworkGraph, SerializedNetwork } from '../../topology/index.ts';
import type { MapNames } from '../names.ts';

/** The map that a scenario runs on; null in a laboratory. */
export interface WorldMap {
  readonly graph: NetworkGraph | null;
  readonly names: MapNames;
  /** The graph as plain data, the same object at each call: strategies share it. */
  serialized(): SerializedNetwork | null;
}

export const LABORATORY: WorldMap = {
  graph: null,
  names: { pops: [], links: [], regions: [] },
  serialized: () => null,
};
