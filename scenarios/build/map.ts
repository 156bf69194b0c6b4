import { worldNamed, worldNames } from '../catalogue.ts';
import type { Findings } from '../diagnostics.ts';
import type { ScenarioFiles } from '../scenario-files.ts';
import type { NetworkSettings } from '../schema/network.ts';
import type { Section, SectionReader } from '../sections.ts';
import { nearestName } from '../suggest.ts';
import {
  checkNetwork,
  nodesOfKind,
  type NetworkGraph,
  type SerializedNetwork,
} from '../../topology/index.ts';
import { keyPlaceAt, nodeAt, placeAt, type TreeMap, type TreeNode } from '../tree.ts';
import { importMap } from './map-import.ts';
import { applyLinks } from './map-links.ts';
import { addPops } from './map-pops.ts';
import { LABORATORY, type WorldMap } from './world-map.ts';

/** Maps by the node of `network:` they come from: strategies that leave it alone share one. */
export type MapCache = WeakMap<TreeNode, WorldMap>;

/** Where a map comes from and who hears what is wrong with it. */
export interface MapContext {
  readonly root: TreeMap;
  readonly sections: SectionReader;
  readonly findings: Findings;
  readonly files: ScenarioFiles;
  /** The top file: files of imports are named relative to it. */
  readonly file: string;
}

/**
 * The map that `network:` describes, with the file's own POPs and links; a laboratory without one.
 */
export function buildMap(context: MapContext, cache: MapCache): WorldMap {
  const node = nodeAt(context.root, ['network']);
  if (node === undefined) return LABORATORY;
  let map = cache.get(node);
  if (map === undefined) cache.set(node, (map = mapOf(context)));
  return map;
}

function mapOf(context: MapContext): WorldMap {
  const { root, sections, findings } = context;
  const network: Section<'network'> = sections.read(root, 'network') ?? {};
  const graph = baseOf(context, network);
  if (graph === null) {
    if (network.links !== undefined && !findings.hasErrors) {
      findings.error(
        'E0406',
        keyPlaceAt(root, ['network', 'links']),
        'links need a map of the world',
        { hint: 'include: [{ preset: topology/global-24 }], or network.import' },
      );
    }
    return LABORATORY;
  }
  const before = findings.errorCount;
  addPops(graph, network, context);
  applyLinks(graph, network, context);
  if (findings.errorCount === before && (network.import !== undefined || changesMap(network))) {
    for (const { subject, message } of checkNetwork(graph)) {
      findings.error('E0415', placeAt(root, ['network']), `${subject}: ${message}`);
    }
  }
  let serialized: SerializedNetwork | null = null;
  return { graph, names: namesOf(graph), serialized: () => (serialized ??= graph.export()) };
}

/** The built-in world or the imported map; null for a laboratory, or after saying what is wrong. */
function baseOf(context: MapContext, network: NetworkSettings): NetworkGraph | null {
  const { root, findings } = context;
  const written = nodeAt(root, ['network', 'world']);
  if (network.import !== undefined) {
    if (written === undefined) return importMap(network.import, network, context);
    findings.error(
      'E0401',
      keyPlaceAt(root, ['network', 'import']),
      "'world' and 'import' both give the map",
    );
    return null;
  }
  if (written?.kind !== 'scalar') return null;
  const name = String(written.value);
  const world = worldNamed(name);
  if (world !== undefined) {
    const built = builtWorlds.get(name) ?? world.build();
    builtWorlds.set(name, built);
    return changesMap(network) ? (built.copy() as NetworkGraph) : built;
  }
  const near = nearestName(name, worldNames());
  findings.error('E0309', written.place, `unknown world '${name}'`, {
    hint: near === undefined ? undefined : `did you mean '${near}'?`,
    notes: [`worlds: ${worldNames().join(', ')}`],
  });
  return null;
}

/** Building a world costs tens of milliseconds, and it is the same each time. */
const builtWorlds = new Map<string, NetworkGraph>();

function changesMap({ pops = {}, links }: NetworkSettings): boolean {
  return links !== undefined || Object.values(pops).some((pop) => pop.location ?? pop.transit);
}

function namesOf(graph: NetworkGraph): WorldMap['names'] {
  const links: string[] = [];
  graph.forEachEdge((_key, attributes) => {
    if (attributes.kind === 'backbone') links.push(attributes.name);
  });
  return {
    pops: nodesOfKind(graph, 'pop').map(([, { name }]) => name),
    links: links.sort(),
    regions: nodesOfKind(graph, 'region').map(([, { name }]) => name),
  };
}
