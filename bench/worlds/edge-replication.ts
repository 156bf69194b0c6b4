/** A replication of the edge reference in a process of its own: see `edge-process.ts`. */
import { runEdge } from './run-edge.ts';

console.log(JSON.stringify(runEdge(Number(process.argv[2]))));
