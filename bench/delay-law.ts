/**
 * Does the built-in world have the delays of the real one? Two comparisons:
 *
 *   1. RTT between all metros, walked from AS to AS, against 57,640 measured city pairs;
 *   2. how much slower than their best POP clients are under plain anycast, against Calder et al.
 *
 * `npx tsx bench/delay-law.ts [WORLD [SAMPLE]]`, WORLD being `topology/global-80@1` if not given.
 * Exits with 1 when a quantile is off by more than 20 %.
 */

import {
  compileNetwork,
  FIBRE_KM_PER_MS,
  worlds,
  type Network,
  type NetworkGraph,
} from '../topology/index.ts';
import { announceOnSessions, RouteClass } from '../sim/routing/announcements.ts';
import { GaoRexford } from '../sim/routing/gao-rexford.ts';
import { groupByRelation } from '../sim/routing/grouped-as-graph.ts';
import { createWalk, HAND_OFF_NS, HotPotatoWalker } from '../sim/routing/hot-potato.ts';
import { MetroDistances } from '../sim/routing/metro-distances.ts';
import {
  MEASURED_CITIES,
  MEASURED_INFLATION,
  MEASURED_WORSE,
  QUANTILES,
} from './measured-inflation.ts';

/** A value that stands for `weight` cases. */
type Weighted = readonly [value: number, weight: number];

const TOLERANCE = 0.2;

export function inflationTable(graph: NetworkGraph): readonly (readonly number[])[] {
  const network = compileNetwork(graph);
  const { metroCount, metroNames, asNames } = network;
  const distances = new MetroDistances(network);
  // A host in each metro, as a customer of the metro's own AS: the walk ends at metro `site`.
  const hosts = { ...network, popMetro: Uint32Array.from(metroNames, (_, metro) => metro) };
  const walker = new HotPotatoWalker(hosts, distances);
  const solver = new GaoRexford(groupByRelation(network));
  const walk = createWalk();
  const local = metroNames.map((name) => asNames.indexOf(`${name}-local`));
  const weight = metroWeights(graph, network);
  const bins: Weighted[][] = MEASURED_INFLATION.map(() => []);
  for (let to = 0; to < metroCount; to++) {
    solver.solve(announceHost(local[to]!, to));
    for (let from = 0; from < metroCount; from++) {
      const km = distances.between(from, to);
      const bin = MEASURED_INFLATION.findIndex(({ fromKm, toKm }) => km >= fromKm && km < toKm);
      const pairWeight = weight[from]! * weight[to]!;
      if (bin < 0 || pairWeight === 0) continue;
      walker.walk(solver, local[from]!, from, walk);
      if (walk.pop < 0) throw new Error(`${metroNames[from]} does not reach ${metroNames[to]}`);
      // The step from the last AS to the host in it is none between networks.
      const oneWayMs = (walk.oneWayNs - HAND_OFF_NS) / 1e6;
      bins[bin]!.push([(oneWayMs * FIBRE_KM_PER_MS) / km, pairWeight]);
    }
  }
  return bins.map((bin) => weightedQuantiles(bin, QUANTILES));
}

/** Measured cities by metro: those of a country are shared equally among its metros. */
function metroWeights(graph: NetworkGraph, network: Network): readonly number[] {
  const countries = network.metroNames.map((name) => {
    const metro = graph.getNodeAttributes(`metro/${name}`);
    return metro.kind === 'metro' ? metro.country : '';
  });
  const metrosIn = new Map<string, number>();
  for (const country of countries) metrosIn.set(country, (metrosIn.get(country) ?? 0) + 1);
  return countries.map((country) => (MEASURED_CITIES[country] ?? 0) / metrosIn.get(country)!);
}

function announceHost(as: number, site: number) {
  return {
    count: 1,
    as: Uint32Array.of(as),
    routeClass: Uint8Array.of(RouteClass.Customer),
    length: Uint16Array.of(1),
    site: Uint32Array.of(site),
    owners: [],
  };
}

function weightedQuantiles(cases: Weighted[], quantiles: readonly number[]): readonly number[] {
  cases.sort(([a], [b]) => a - b);
  const total = cases.reduce((sum, [, weight]) => sum + weight, 0);
  return quantiles.map((quantile) => {
    let below = 0;
    for (const [value, weight] of cases) {
      below += weight;
      if (below >= quantile * total) return value;
    }
    return Number.NaN;
  });
}

export interface AnycastDetours {
  /** Shares of clients at least so much slower than over the POP that is best for them. */
  readonly by25Ms: number;
  readonly by100Ms: number;
  readonly atBestPop: number;
  readonly medianRttMs: number;
}

export function anycastDetours(graph: NetworkGraph): AnycastDetours {
  const network = compileNetwork(graph);
  const { regionCount, regionPopulationShare } = network;
  const solver = new GaoRexford(groupByRelation(network));
  const walker = new HotPotatoWalker(network, new MetroDistances(network));
  const walk = createWalk();
  const rtts = (only: number): readonly Weighted[] => {
    // the CDN's prefix as announced by all POPs, or by one
    solver.solve(announceOnSessions(network, (_, pop) => (only < 0 || pop === only ? 1 : 0)));
    return Array.from({ length: regionCount }, (_, region): Weighted => {
      walker.walk(solver, network.regionAs[region]!, network.regionMetro[region]!, walk);
      return [walk.pop < 0 ? Infinity : (2 * walk.oneWayNs) / 1e6, walk.pop];
    });
  };
  const anycast = rtts(-1);
  const best = new Float64Array(regionCount).fill(Infinity);
  for (let pop = 0; pop < network.popCount; pop++) {
    rtts(pop).forEach(([ms], region) => (best[region] = Math.min(best[region]!, ms)));
  }
  const shareWhere = (test: (worseMs: number) => boolean): number =>
    anycast.reduce(
      (sum, [ms], region) => sum + (test(ms - best[region]!) ? regionPopulationShare[region]! : 0),
      0,
    );
  const byShare = anycast.map(([ms], region): Weighted => [ms, regionPopulationShare[region]!]);
  return {
    by25Ms: shareWhere((worseMs) => worseMs >= 25),
    by100Ms: shareWhere((worseMs) => worseMs >= 100),
    atBestPop: shareWhere((worseMs) => worseMs < 1e-6),
    medianRttMs: weightedQuantiles(byShare, [0.5])[0]!,
  };
}

function report(graph: NetworkGraph): boolean {
  let misses = 0;
  const lines = inflationTable(graph).map((row, bin) => {
    const { fromKm, toKm, inflation } = MEASURED_INFLATION[bin]!;
    const cells = row.map((value, i) => {
      const isMiss = Math.abs(value / inflation[i]! - 1) > TOLERANCE;
      if (isMiss) misses++;
      return `${value.toFixed(2)} (${inflation[i]!.toFixed(2)})${isMiss ? '!' : ' '}`.padStart(15);
    });
    const range = toKm === Infinity ? `> ${fromKm}` : `${fromKm}–${toKm}`;
    return `${range.padEnd(12)}${cells.join('')}`;
  });
  const { by25Ms, by100Ms, atBestPop, medianRttMs } = anycastDetours(graph);
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  process.stdout.write(
    [
      'RTT ÷ light in fibre: world (measured), ! = off by more than 20 %',
      `distance km ${QUANTILES.map((q) => `p${100 * q}`.padStart(15)).join('')}`,
      ...lines,
      `${misses} of ${4 * lines.length} quantiles off`,
      '',
      'plain anycast against the best POP: world (measured)',
      `≥ 25 ms worse   ${percent(by25Ms)} (${percent(MEASURED_WORSE.by25Ms)})`,
      `≥ 100 ms worse  ${percent(by100Ms)} (${percent(MEASURED_WORSE.by100Ms)})`,
      `at the best POP ${percent(atBestPop)}`,
      `median RTT without access ${medianRttMs.toFixed(1)} ms`,
      '',
    ].join('\n'),
  );
  return misses === 0;
}

if (process.argv[1]?.endsWith('delay-law.ts')) {
  const [name = 'topology/global-80@1', sample] = process.argv.slice(2);
  const world = worlds.find((candidate) => candidate.name === name);
  if (world === undefined) throw new Error(`no world ${name}`);
  process.exitCode = report(world.build(sample)) ? 0 : 1;
}
