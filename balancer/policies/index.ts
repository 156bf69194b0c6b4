import type { PolicyDefinition } from '../policy.ts';
import { leastRequest } from './least-request.ts';
import { random } from './random.ts';
import { roundRobin } from './round-robin.ts';

/** The catalogue: a new policy is its file and a line here. */
export const policies: readonly PolicyDefinition[] = [random, roundRobin, leastRequest];

export { leastRequest, random, roundRobin };
