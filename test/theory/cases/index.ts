import type { GateCase, Inexpressible } from '../gate/gate-case.ts';
import { caches } from './caches.ts';
import { generalService } from './general-service.ts';
import { lossSystems } from './loss-systems.ts';
import { networks } from './networks.ts';
import { parallelQueues } from './parallel-queues.ts';
import { processorSharing } from './processor-sharing.ts';
import { shortestQueues } from './shortest-queues.ts';
import { singleQueues } from './single-queues.ts';

/** Everything the gate runs, by what it is about. */
export const CASES: Readonly<Record<string, readonly GateCase[]>> = {
  'single queues': singleQueues(),
  'loss systems': lossSystems(),
  'general service': generalService(),
  'processor sharing': processorSharing(),
  'parallel queues': parallelQueues(),
  'shortest queues': shortestQueues(),
  caches: caches(),
  networks: networks(),
};

/** What the vectors have and the gate does not run. */
export const NOT_RUN: readonly Inexpressible[] = [
  { what: 'priority', reason: 'the scenario format has no priorities' },
  { what: 'rate-limit', reason: 'the scenario format has no rate limits' },
  { what: 'transient', reason: 'results are averages over a window, not values at an instant' },
  {
    what: 'jackson-edge-shield-origin',
    reason: 'no feedback from an origin to a shield; a network of three stations without it is run',
  },
  { what: 'tandem-3-mm1', reason: 'a laboratory gives traffic to every POP, the shield included' },
  { what: 'mva-N20, mva-N200', reason: 'no closed populations of clients: arrivals are open' },
  { what: 'cache: FIFO and random eviction', reason: 'the one eviction policy is lru' },
];
