import type { Findings } from '../diagnostics.ts';
import { worldNamed, worldNames } from '../catalogue.ts';
import type { ScenarioFiles } from '../scenario-files.ts';
import type { SectionReader } from '../sections.ts';
import { nearestName } from '../suggest.ts';
import { nodesOfKind, type NetworkGraph } from '../../topology/index.ts';
import { keyPlaceAt, nodeAt, placeAt, type TreeMap, type TreeNode } from '../tree.ts';
import { LABORATORY, type WorldMap } from './world-map.ts';

/** Maps by the node of `network:` they come from: strategies that leave it alone share one. */
export type MapCache = WeakMap<TreeNode, WorldMap>;

/** The map that `network:` describes, with the file's own POPs and links; a laboratory without one. */
export function buildMap(
  root: TreeMap,
  sections: SectionReader,
  findings: Findings,
  _files: ScenarioFiles,
  _file: string,
  cache: MapCache,
): WorldMap {
  const node = nodeAt(root, ['network']);
  if (node === undefined) return LABORATORY;
  let map = cache.get(node);
  if (map === undefined) cache.set(node, (map = mapOf(root, sections, findings)));
  return map;
}

function mapOf(root: TreeMap, sections: SectionReader, findings: Findings): WorldMap {
  const network = sections.read(root, 'network');
  const written = nodeAt(root, ['network', 'world']);
  const name = written?.kind === 'scalar' ? String(written.value) : null;
  if (name === null) {
    if (network?.links !== undefined) {
      findings.error(
        'E0406',
        keyPlaceAt(root, ['network', 'links']),
        'links need a map of the world',
        {
          hint: 'include: [{ preset: topology/global-24 }]',
        },
      );
    }
    return LABORATORY;
  }
  const world = worldNamed(name);
  if (world === undefined) {
    const near = nearestName(name, worldNames());
    findings.error('E0309', placeAt(root, ['network', 'world']), `unknown world '${name}'`, {
      hint: near === undefined ? undefined : `did you mean '${near}'?`,
    });
    return LABORATORY;
  }
  const graph = world.build();
  return { graph, names: mapNames(graph) };
}

function mapNames(graph: NetworkGraph): WorldMap['names'] {
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
