/**
 * The program that the kill test kills: runs the M/M/1 request into the folder it is given,
 * resuming what is there. Prints the exit code it would end with.
 */
import { exitCodeFor } from '../../../scenarios/report/index.ts';
import { runScenario } from '../../../scenarios/running/index.ts';
import { labWorld, mm1Options, mm1Request, plan } from './mm1-request.ts';

const abort = new AbortController();
process.on('SIGINT', () => abort.abort());

const world = (name: string, speed: number) =>
  labWorld(name, { speed, duration_s: 100, timeline_s: 5 });
const request = mm1Request({
  plans: [plan('slow', world('slow', 1), true), plan('fast', world('fast', 1.1))],
  replications: { least: 10, most: 14 },
  precision: { metric: 'latency_mean_s', relative: 0.05 },
  warmup: 'auto',
});
const outDir = process.argv[2]!;
const { summary, stopped } = await runScenario(
  request,
  mm1Options({ outDir, workers: 2, resume: true, signal: abort.signal }),
);
console.log(exitCodeFor(summary, stopped));
