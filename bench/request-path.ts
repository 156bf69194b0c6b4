/**
 * P1, P2, P6: a request's whole path, beside the same models in C++ and SimPy. R0 goes through the
 * program from the scenario's text to the summary; R1 is the edge reference (`peers/edge.md`).
 *
 *   npm run bench -- request-path
 */
import { aggregate, decodeScenario, expand, requestRun } from '../scenarios/index.ts';
import { createSimulation } from '../sim/index.ts';
import { installSimPy, runCpp, runSimPy, type PeerResult } from './peers.ts';
import { isQuick, processorSeconds, sideBySide, table, type Contender } from './side-by-side.ts';
import { edgeAlone } from './worlds/edge-process.ts';

const LAB_CUSTOMERS = isQuick ? 100_000 : 5_000_000;
/** 5 M requests: of a run of a second a third is compilation by V8. */
const EDGE_SECONDS = isQuick ? 0.5 : 25;

/** ρ = 0.8 at a mean service of 1 ms; the mean time in the system is 5 ms. */
const LAB_RATE = 800;

const labText = `
version: 1
name: lab
network:
  pops:
    lab: { servers: 1, concurrency: 1 }
traffic:
  arrivals: poisson ${LAB_RATE}/s
  classes:
    page: { service_time: exponential mean=1ms }
balancer: { policy: random }
run: { duration: ${LAB_CUSTOMERS / LAB_RATE}s, warmup: 0s, seed: 1, replications: 1 }
`;

/** R0: decode, expand, simulate, aggregate. */
function runLab(): number {
  const started = process.cpuUsage();
  const decoded = decodeScenario('lab.yaml', labText);
  if (!decoded.ok) throw new Error(decoded.diagnostics.map(({ message }) => message).join('\n'));
  const expanded = expand(decoded.value);
  if (!expanded.ok) throw new Error('the laboratory does not expand');
  const request = requestRun(decoded.value, expanded.value);
  const { world } = request.plans[0]!;
  const result = createSimulation(world, request.seed, 0).run();
  const summary = aggregate({
    request,
    sha256: '',
    results: [[result]],
    warmUp: world.time,
    isPartial: false,
    notes: [],
  });
  const seconds = processorSeconds(started);
  checkMean('R0', result.metrics['latency_mean_s']! * 1e3, LAB_CUSTOMERS);
  if (summary.format !== 1) throw new Error('no summary');
  return result.metrics['requests']! / seconds;
}

/** The mean of n sojourns has sd 5 ms · √(2·(1 + ρ)/(1 − ρ)² / n) ≈ 47 ms / √n; five allowed. */
function checkMean(name: string, meanMs: number, customers: number): void {
  if (Math.abs(meanMs - 5) > (5 * 47) / Math.sqrt(customers)) {
    throw new Error(`${name}: mean sojourn ${meanMs} ms, expected 5`);
  }
}

/** A peer in another language, its set-up not timed. */
function peer(name: string, run: () => PeerResult | null): Contender {
  return {
    name,
    run: () => {
      const result = run();
      return result === null ? null : result.requests / result.seconds;
    },
  };
}

installSimPy();
const simPyLab = isQuick ? 20_000 : 100_000;
const lab: Contender[] = [
  { name: 'Anycastle, text in, summary out', run: runLab },
  peer('C++ std::priority_queue -O2', () => runCpp('mm1', LAB_CUSTOMERS)),
  peer('SimPy', () => runSimPy('mm1', simPyLab)),
];
console.log(table('R0: M/M/1, ρ = 0.8', 'customers', sideBySide(lab)));

let memory = { residentBytes: NaN, bytesInFlight: NaN };
const edge: Contender[] = [
  {
    name: 'Anycastle, set-up not timed',
    run: () => {
      const run = edgeAlone(EDGE_SECONDS);
      memory = run;
      return run.requests / run.seconds;
    },
  },
  peer('C++ std::priority_queue -O2', () => runCpp('edge', EDGE_SECONDS * 200_000)),
  peer('SimPy', () => runSimPy('edge', isQuick ? 5000 : 50_000)),
];
console.log(table('R1: edge', 'requests', sideBySide(edge)));
const { residentBytes, bytesInFlight } = memory;
console.log(
  `R1 memory: ${(residentBytes / 1e6).toFixed(0)} MB resident in a process of its own ` +
    `(target 400), ${bytesInFlight.toFixed(0)} bytes of columns and events a request in flight ` +
    '(target 150)',
);
