/** What must hold of a map before it is compiled; every breach is reported, none is repaired. */

import type { LinkAttributes, NodeAttributes } from './attributes.ts';
import { nodesOfKind, type NetworkGraph } from './network-graph.ts';

export interface NetworkProblem {
  /** Node key, or `source – target` of a link. */
  readonly subject: string;
  readonly message: string;
}

/** All regions' shares sum to 1 within this. */
const SHARE_TOLERANCE = 1e-9;

/** An empty list means that `compileNetwork` accepts the graph. */
export function checkNetwork(graph: NetworkGraph): readonly NetworkProblem[] {
  const problems: NetworkProblem[] = [];
  graph.forEachNode((key, attributes) => {
    for (const message of nodeProblems(graph, attributes)) problems.push({ subject: key, message });
  });
  checkDistinctNames(graph, problems);
  checkLinks(graph, problems);
  checkShares(graph, problems);
  return problems;
}

function nodeProblems(graph: NetworkGraph, node: NodeAttributes): readonly string[] {
  const messages: string[] = [];
  const mustBe = (key: string, kind: NodeAttributes['kind'], role: string): void => {
    if (!graph.hasNode(key)) messages.push(`${role} "${key}" does not exist`);
    else if (graph.getNodeAttribute(key, 'kind') !== kind) {
      messages.push(`${role} "${key}" is not a node of kind ${kind}`);
    }
  };
  switch (node.kind) {
    case 'metro':
      messages.push(...placeProblems(node.latitude, node.longitude));
      break;
    case 'as':
      for (const metro of node.metros) mustBe(metro, 'metro', 'metro');
      if (new Set(node.metros).size < node.metros.length) messages.push('lists a metro twice');
      if (!(Number.isInteger(node.asn) && node.asn >= 0 && node.asn <= 0xffff_ffff)) {
        messages.push(`AS number ${node.asn} is not an integer of 32 bits`);
      }
      break;
    case 'ixp':
      mustBe(node.metro, 'metro', 'metro');
      break;
    case 'pop':
      mustBe(node.metro, 'metro', 'metro');
      messages.push(...placeProblems(node.latitude, node.longitude));
      break;
    case 'region':
      mustBe(node.metro, 'metro', 'metro');
      mustBe(node.as, 'as', 'AS');
      if (!(node.populationShare >= 0)) messages.push('population share is negative');
      if (!(node.accessRttNs >= 0)) messages.push('access RTT is negative');
      break;
  }
  return messages;
}

function placeProblems(latitude: number, longitude: number): readonly string[] {
  const messages: string[] = [];
  if (!(Math.abs(latitude) <= 90)) messages.push(`latitude ${latitude} is outside −90…90`);
  if (!(Math.abs(longitude) <= 180)) messages.push(`longitude ${longitude} is outside −180…180`);
  return messages;
}

/** Names are what scenarios and reports speak, so they are unique within a kind; ASNs too. */
function checkDistinctNames(graph: NetworkGraph, problems: NetworkProblem[]): void {
  const seen = new Map<string, string>();
  graph.forEachNode((key, node) => {
    const identity =
      node.kind === 'as' ? `AS number ${node.asn}` : `${node.kind} name ${node.name}`;
    const other = seen.get(identity);
    if (other === undefined) seen.set(identity, key);
    else problems.push({ subject: key, message: `${identity} is also that of ${other}` });
  });
}

function checkLinks(graph: NetworkGraph, problems: NetworkProblem[]): void {
  const seen = new Set<string>();
  graph.forEachEdge((_, link, source, target) => {
    const subject = `${source} – ${target}`;
    const report = (message: string): void => void problems.push({ subject, message });
    if (source === target) report('a link must have two different ends');
    const ends = [graph.getNodeAttribute(source, 'kind'), graph.getNodeAttribute(target, 'kind')];
    const wanted = ENDS[link.kind];
    if (ends.sort().join(' ') !== wanted) report(`a link of kind ${link.kind} joins ${wanted}`);
    // A second backbone link between two POPs is a second cable and welcome under its own name.
    const pair = source < target ? `${source} ${target}` : `${target} ${source}`;
    const identity = link.kind === 'backbone' ? `backbone ${link.name}` : `${link.kind} ${pair}`;
    if (seen.has(identity)) report(`duplicate ${link.kind} link`);
    seen.add(identity);
    for (const message of linkProblems(graph, link)) report(message);
  });
}

/** Kinds of the two ends in alphabetical order. */
const ENDS: Readonly<Record<LinkAttributes['kind'], string>> = {
  'inter-as': 'as as',
  session: 'as pop',
  backbone: 'pop pop',
};

function linkProblems(graph: NetworkGraph, link: LinkAttributes): readonly string[] {
  const messages: string[] = [];
  if (link.kind === 'backbone') {
    if (!(link.latencyNs >= 0)) messages.push('latency is negative');
    if (!(link.bandwidthBps > 0)) messages.push('bandwidth is not positive');
    if (!(link.lossRatio >= 0 && link.lossRatio <= 1)) messages.push('loss is outside 0…1');
    if (!(link.bufferNs >= 0)) messages.push('buffer is negative');
    return messages;
  }
  if (![0, 1, 2].includes(link.relation)) messages.push(`unknown relation ${link.relation}`);
  if (link.kind === 'session' && link.ixp !== undefined) {
    if (!graph.hasNode(link.ixp) || graph.getNodeAttribute(link.ixp, 'kind') !== 'ixp') {
      messages.push(`IXP "${link.ixp}" does not exist`);
    }
  }
  return messages;
}

function checkShares(graph: NetworkGraph, problems: NetworkProblem[]): void {
  const regions = nodesOfKind(graph, 'region');
  if (regions.length === 0) return;
  const sum = regions.reduce((total, [, region]) => total + region.populationShare, 0);
  if (Math.abs(sum - 1) <= SHARE_TOLERANCE) return;
  problems.push({ subject: 'regions', message: `population shares sum to ${sum}, not to 1` });
}
