import type { RequestIndex } from '../../requests.ts';
import type { Tables } from '../../tables.ts';

/** A number of its own for each client of the world; those of laboratories have no region. */
export function clientOf({ requests, world }: Tables, request: RequestIndex): number {
  const region = requests.region[request]! + 1;
  return region * world.traffic.clientsPerRegion + requests.client[request]!;
}
