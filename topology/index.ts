export * from './attributes.ts';
export * from './network.ts';
export {
  addLink,
  createNetworkGraph,
  networkGraphFrom,
  nodesOfKind,
  type NetworkGraph,
  type SerializedNetwork,
} from './network-graph.ts';
export { checkNetwork, type NetworkProblem } from './check-network.ts';
export { compileNetwork } from './compile-network.ts';
export { indexNames, type NetworkNames } from './network-names.ts';
export {
  createShortestPaths,
  NO_LINK,
  ShortestPathSolver,
  type ShortestPaths,
} from './shortest-path.ts';

export * from './geo.ts';
export { ACCESS_RTT_NS } from './access.ts';
export { parseBandwidth, parseDistance, parseSize, type Quantity } from './units.ts';

export { worlds, type WorldDefinition } from './worlds/index.ts';
export {
  generateGeometric,
  generateLine,
  generateMesh,
  generateRing,
  generateStar,
  type GeneratorOptions,
} from './generators.ts';
export { generateInternet, type InternetOptions } from './generate-internet.ts';

export { buildAsGraph, type AsGraph, type AsLinks } from './as-graph.ts';
export * from './import/index.ts';
