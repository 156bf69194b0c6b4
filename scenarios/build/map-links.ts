import {
  addLink,
  greatCircleKm,
  propagationNs,
  type BackboneAttributes,
  type NetworkGraph,
} from '../../topology/index.ts';
import { LIMITS } from '../limits.ts';
import type { LinkSettings, NetworkSettings } from '../schema/network.ts';
import { nearestName } from '../suggest.ts';
import { placeAt } from '../tree.ts';
import type { MapContext } from './map.ts';

/** A wavelength, and a router's usual buffer at that rate. */
const NEW_LINK = { bandwidthBps: 100e9, lossRatio: 0, bufferNs: 50e6 };

/** Adds the file's links; one that is there already, by either order of its ends, is changed. */
export function applyLinks(
  graph: NetworkGraph,
  network: NetworkSettings,
  context: MapContext,
): void {
  const { findings, root } = context;
  const links = network.links ?? [];
  if (links.length > LIMITS.links) {
    findings.error('E0407', placeAt(root, ['network', 'links']), `more than ${LIMITS.links} links`);
    return;
  }
  const edges = new Map<string, string>();
  graph.forEachEdge((key, link, source, target) => {
    if (link.kind === 'backbone') edges.set(pairOf(source.slice(4), target.slice(4)), key);
  });
  const written = new Set<string>();
  for (const [i, settings] of links.entries()) {
    const [a, b] = settings.between;
    if (!endsExist(graph, settings, i, context)) continue;
    const pair = pairOf(a, b);
    if (a === b || written.has(pair)) {
      const place = placeAt(root, ['network', 'links', i]);
      const what = a === b ? 'a link needs two ends' : `a second link between ${a} and ${b}`;
      findings.error('E0414', place, what);
      continue;
    }
    written.add(pair);
    const edge = edges.get(pair);
    const known = edge === undefined ? undefined : graph.getEdgeAttributes(edge);
    const attributes = linkOf(graph, settings, known?.kind === 'backbone' ? known : undefined);
    if (edge === undefined) addLink(graph, `pop/${a}`, `pop/${b}`, attributes);
    else graph.replaceEdgeAttributes(edge, attributes);
  }
}

function endsExist(
  graph: NetworkGraph,
  { between }: LinkSettings,
  index: number,
  { root, findings }: MapContext,
): boolean {
  let exist = true;
  for (const [end, name] of between.entries()) {
    if (graph.hasNode(`pop/${name}`)) continue;
    exist = false;
    const pops = graph.filterNodes((key) => key.startsWith('pop/')).map((key) => key.slice(4));
    const near = nearestName(name, pops);
    const place = placeAt(root, ['network', 'links', index, 'between', end]);
    findings.error('E0306', place, `unknown pop '${name}'`, {
      hint: near === undefined ? undefined : `did you mean '${near}'?`,
    });
  }
  return exist;
}

/** What the file says, else what the map has, else by distance and as a new wavelength. */
function linkOf(
  graph: NetworkGraph,
  { between: [a, b], latency, bandwidth, loss, buffer }: LinkSettings,
  known: BackboneAttributes | undefined,
): BackboneAttributes {
  const base = known ?? { ...NEW_LINK, latencyNs: latencyByDistance(graph, a, b) };
  return {
    kind: 'backbone',
    name: known?.name ?? `${a}-${b}`,
    latencyNs: latency ?? base.latencyNs,
    bandwidthBps: bandwidth ?? base.bandwidthBps,
    lossRatio: loss ?? base.lossRatio,
    bufferNs: buffer ?? base.bufferNs,
  };
}

function latencyByDistance(graph: NetworkGraph, a: string, b: string): number {
  const from = graph.getNodeAttributes(`pop/${a}`);
  const to = graph.getNodeAttributes(`pop/${b}`);
  if (from.kind !== 'pop' || to.kind !== 'pop') return 0;
  return propagationNs(greatCircleKm(from.latitude, from.longitude, to.latitude, to.longitude));
}

/** The same text for both orders of two names. */
function pairOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
