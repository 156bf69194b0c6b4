import { describe, expect, it } from 'vitest';
import {
  attachClients,
  checkNetwork,
  compileNetwork,
  greatCircleKm,
  importGraphml,
  propagationNs,
} from '../../topology/index.ts';

/** By the conventions of the Topology Zoo, with what its files are known for. */
function zoo(nodes: string, edges: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key attr.name="LinkSpeedRaw" attr.type="double" for="edge" id="d36" />
  <key attr.name="Longitude" attr.type="double" for="node" id="d32" />
  <key attr.name="Latitude" attr.type="double" for="node" id="d29" />
  <key attr.name="label" attr.type="string" for="node" id="d33" />
  <key attr.name="Network" attr.type="string" for="graph" id="d5" />
  <graph edgedefault="undirected">
    <data key="d5">Sample</data>
    ${nodes}
    ${edges}
  </graph>
</graphml>`;
}

function node(id: number, label: string, place?: readonly [number, number]): string {
  const at = place ? `<data key="d29">${place[0]}</data><data key="d32">${place[1]}</data>` : '';
  return `<node id="${id}">${at}<data key="d33">${label}</data></node>`;
}

function edge(source: number, target: number, speed?: number): string {
  const data = speed === undefined ? '' : `<data key="d36">${speed}</data>`;
  return `<edge source="${source}" target="${target}">${data}</edge>`;
}

const NODES =
  node(0, 'Frankfurt', [50.12, 8.68]) +
  node(1, 'Amsterdam', [52.37, 4.89]) +
  node(2, 'São Paulo', [-23.55, -46.64]);
const EDGES = edge(0, 1, 1e10) + edge(1, 2);

describe('importGraphml', () => {
  it('makes POPs and backbone links with the latency of cable', () => {
    const imported = importGraphml(zoo(NODES, EDGES));
    if (!imported.ok) throw new Error(imported.message);
    const network = compileNetwork(imported.value.graph);
    expect(network.popNames).toEqual(['amsterdam', 'frankfurt', 'sao-paulo']);
    expect(network.popContinents).toEqual(['europe', 'europe', 'south-america']);
    expect(network.linkNames).toEqual(['amsterdam-sao-paulo', 'frankfurt-amsterdam']);
    expect([...network.linkBandwidthBps]).toEqual([10e9, 1e10]);
    const km = greatCircleKm(50.12, 8.68, 52.37, 4.89);
    expect(network.linkLatencyNs[1]).toBe(propagationNs(km, 1.4));
    expect(checkNetwork(imported.value.graph)).toEqual([]);
  });

  it('takes bandwidth and cable factor from the caller', () => {
    const imported = importGraphml(zoo(NODES, EDGES), { defaultBandwidthBps: 1e9, cableFactor: 2 });
    if (!imported.ok) throw new Error(imported.message);
    const network = compileNetwork(imported.value.graph);
    expect(network.linkBandwidthBps[0]).toBe(1e9);
    expect(network.linkLatencyNs[1]).toBe(
      propagationNs(greatCircleKm(50.12, 8.68, 52.37, 4.89), 2),
    );
  });

  it('keeps parallel links apart, drops loops and counts them, tells equal labels apart', () => {
    const nodes = node(0, 'Rome', [41.9, 12.5]) + node(1, 'Rome', [41.8, 12.4]);
    const imported = importGraphml(zoo(nodes, edge(0, 1, 1e9) + edge(0, 1, 2e9) + edge(1, 1)));
    if (!imported.ok) throw new Error(imported.message);
    const network = compileNetwork(imported.value.graph);
    expect(network.popNames).toEqual(['rome', 'rome-2']);
    expect(network.linkNames).toEqual(['rome-rome-2', 'rome-rome-2-2']);
    expect([...network.linkBandwidthBps]).toEqual([1e9, 2e9]);
    expect(imported.value.selfLoopCount).toBe(1);
  });

  it('refuses nodes without coordinates by name, or leaves them out and says so', () => {
    const text = zoo(NODES + node(3, 'Somewhere'), EDGES + edge(2, 3));
    const refused = importGraphml(text);
    expect(refused).toMatchObject({ ok: false });
    if (!refused.ok) expect(refused.message).toMatch(/1 nodes have no .*: Somewhere/);
    const imported = importGraphml(text, { withoutCoordinates: 'leave-out' });
    if (!imported.ok) throw new Error(imported.message);
    expect(imported.value.leftOut).toEqual(['Somewhere']);
    expect(compileNetwork(imported.value.graph).linkCount).toBe(2);
  });

  it.each([
    ['', /no <graph> element/],
    ['{"nodes": []}', /no <graph> element/],
    [zoo('', ''), /no node has coordinates/],
    [zoo(NODES, edge(0, 9)), /not GraphML/],
  ])('refuses %j', (text, message) => {
    const imported = importGraphml(text);
    expect(imported.ok).toBe(false);
    if (!imported.ok) expect(imported.message).toMatch(message);
  });
});

describe('attachClients', () => {
  it('gives every POP a region of equal share and a way to every region', () => {
    const imported = importGraphml(zoo(NODES, EDGES));
    if (!imported.ok) throw new Error(imported.message);
    attachClients(imported.value.graph);
    expect(checkNetwork(imported.value.graph)).toEqual([]);
    const network = compileNetwork(imported.value.graph);
    expect(network.regionNames).toEqual(['amsterdam', 'frankfurt', 'sao-paulo']);
    expect([...network.regionPopulationShare]).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect([...network.firstSession]).toEqual([0, 1, 2, 3]);
  });
});
