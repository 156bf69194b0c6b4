/** A replication of the edge reference in a process of its own: see `edge-process.ts`. */
import type { EdgeScale } from './edge-world.ts';
import { runEdge } from './run-edge.ts';

const [, , simulatedSeconds, scale] = process.argv;
console.log(JSON.stringify(runEdge(Number(simulatedSeconds), JSON.parse(scale!) as EdgeScale)));
