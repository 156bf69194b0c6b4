/**
 * R3: catchments of 100 sites over the Internet: build, solve, 1,000 single failures. On a seeded
 * synthetic graph of 75,000 ASes, and on CAIDA's of December 2019 if it lies beside the repository.
 *
 *   npx tsx bench/routing.ts
 */
import { resolve } from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import { RouteClass, type Announcements } from '../sim/routing/announcements.ts';
import { GaoRexford } from '../sim/routing/gao-rexford.ts';
import { groupByRelation } from '../sim/routing/grouped-as-graph.ts';
import { RouteUpdater } from '../sim/routing/route-update.ts';
import { catchmentByLowestAsn } from '../sim/routing/tied-routes.ts';
import { generateInternet, type AsGraph } from '../topology/index.ts';
import { importAsRelationships } from '../topology/import/import-as-relationships.ts';
import { ROOT } from './root.ts';

const SITES = 100;
const FAILURES = 1000;
const SOLVES = 31;
const CAIDA = resolve(ROOT, '../shared/data/caida-as-rel2-20191201.txt.bz2');

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Each site buys from 2 large ASes and peers with 30; about what a POP of a large CDN has. */
function sites(graph: AsGraph, random: () => number): Announcements {
  const bySize = [...Array(graph.asCount).keys()].sort(
    (a, b) => degree(graph, b) - degree(graph, a) || a - b,
  );
  const rows: [number, number, number][] = [];
  for (let site = 0; site < SITES; site++) {
    for (let i = 0; i < 2; i++) {
      rows.push([bySize[Math.floor(random() * 60)]!, RouteClass.Customer, site]);
    }
    for (let i = 0; i < 30; i++) {
      rows.push([bySize[60 + Math.floor(random() * 4000)]!, RouteClass.Peer, site]);
    }
  }
  return {
    count: rows.length,
    as: Uint32Array.from(rows, ([as]) => as),
    routeClass: Uint8Array.from(rows, ([, routeClass]) => routeClass),
    length: new Uint16Array(rows.length).fill(1),
    site: Uint32Array.from(rows, ([, , site]) => site),
    owners: [],
  };
}

function degree(graph: AsGraph, as: number): number {
  return graph.firstNeighbour[as + 1]! - graph.firstNeighbour[as]!;
}

function measure(title: string, load: () => AsGraph): void {
  const rows: [string, string][] = [];
  // CPU time, as the machine is shared; V8's own threads (GC, compilation) are included.
  const time = (work: () => void): number => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const add = (what: string, samples: readonly number[]) => {
    const sorted = samples.toSorted((a, b) => a - b);
    const at = (q: number) => sorted[Math.floor(q * (sorted.length - 1))]!.toFixed(2);
    const mean = (samples.reduce((a, b) => a + b, 0) / samples.length).toFixed(2);
    rows.push([what, `median ${at(0.5)}  mean ${mean}  least ${at(0)}  most ${at(1)}`]);
  };

  let graph!: AsGraph;
  add('load', [time(() => (graph = load()))]);
  let solver!: GaoRexford;
  add('group by relation', [time(() => (solver = new GaoRexford(groupByRelation(graph))))]);
  const announcements = sites(graph, generator(7));
  const solve = () => solver.solve(announcements);
  add('solve, first (cold)', [time(solve)]);
  add(
    `solve, ${SOLVES} times`,
    Array.from({ length: SOLVES }, () => time(solve)),
  );
  const site = new Int32Array(graph.asCount);
  const catch_ = () => catchmentByLowestAsn(solver, graph.asn, () => 0, site);
  add(
    'catchments of all ASes',
    Array.from({ length: SOLVES }, () => time(catch_)),
  );

  const updater = new RouteUpdater(solver);
  let movedCount = 0;
  const fail: number[] = [];
  const restore: number[] = [];
  const mapped: number[] = [];
  for (let failure = 0; failure < FAILURES; failure++) {
    const failed = failure % SITES;
    const sessions = [...Array(announcements.count).keys()].filter(
      (i) => announcements.site[i] === failed,
    );
    for (const i of sessions) announcements.length[i] = 0;
    fail.push(time(() => (movedCount += updater.update(sessions).length)));
    mapped.push(time(catch_));
    for (const i of sessions) announcements.length[i] = 1;
    restore.push(time(() => updater.update(sessions)));
  }
  add(`${FAILURES} failures: withdraw`, fail);
  add(`${FAILURES} failures: restore`, restore);
  add(
    `${FAILURES} failures: both`,
    fail.map((ms, i) => ms + restore[i]!),
  );

  add(
    '  with all catchments',
    fail.map((ms, i) => ms + mapped[i]! + restore[i]!),
  );

  const links = graph.firstNeighbour[graph.asCount]! / 2;
  console.log(`${title}: ${graph.asCount} ASes, ${links} links, ${SITES} sites, CPU ms`);
  for (const [what, figures] of rows) console.log(`  ${what.padEnd(26)}${figures}`);
  const moved = (movedCount / FAILURES).toFixed(0);
  console.log(`  ASes whose path length changes per failure: ${moved}`);
}

measure('synthetic', () => generateInternet({ asCount: 75_000, seed: 'bench' }));
if (existsSync(CAIDA)) {
  measure('CAIDA 2019-12-01', () => {
    const imported = importAsRelationships(readFileSync(CAIDA));
    if (!imported.ok) throw new Error(`line ${imported.line}: ${imported.message}`);
    return imported.value.graph;
  });
} else {
  console.log('CAIDA 2019-12-01: absent');
}
