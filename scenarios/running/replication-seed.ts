import type { RunRequest } from './run-request.ts';

/**
 * Root seed of a strategy's replications: one for all with common random numbers, so that they see
 * the same requests and are compared pair by pair; else one each.
 */
export function replicationSeed(
  { seed, commonRandomNumbers }: Pick<RunRequest, 'seed' | 'commonRandomNumbers'>,
  strategy: string,
): string {
  return commonRandomNumbers === false ? `${seed} ${strategy}` : seed;
}
