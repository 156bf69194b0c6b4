export { createBalancer, type Balancer, type BalancerOptions } from './balancer.ts';
export {
  NO_BACKEND,
  type BackendIndex,
  type BackendOptions,
  type BackendPool,
} from './backend-pool.ts';
export { BackendTable } from './backend-table.ts';
export {
  definePolicy,
  type PickRequest,
  type Policy,
  type PolicyDefinition,
  type PolicyPorts,
  type PolicySource,
} from './policy.ts';
export { policies, policyAliases } from './policies/index.ts';
export * from './notes/index.ts';
export * from './placement/index.ts';
export { Backpressure } from './c3/backpressure.ts';
export { SyncProbes } from './prequal/sync-probes.ts';
export { SyncPrequal, type SyncPrequalParts } from './prequal/sync-prequal.ts';
export { aboveZero, duration, loadBound, probability, weight } from './options.ts';
export { mix32 } from './hashes/mix.ts';
export { hash32 } from './hashes/xxhash.ts';
export { avalanche, djb2, sdbm, wt6 } from './hashes/haproxy.ts';
export { murmur2x64 } from './hashes/murmur.ts';
export { LATENCY_DECAY_NS, LatencyByLoad } from './prequal/latency-by-load.ts';
export { prequalOptions } from './policies/prequal.ts';
export type {
  Clock,
  LoadAsker,
  LoadProber,
  LoadReport,
  Outcome,
  Prober,
  ProbeOutcome,
  RandomSource,
  TimerId,
  Timers,
} from './ports.ts';
export * from './health/index.ts';
export * from './layers/index.ts';
export * from './admission/index.ts';
export * from './building/index.ts';
export * from './subsetting/index.ts';
export * from './fastly/index.ts';
export * from './affinity/index.ts';
export * from './dispatching/index.ts';
export * from './cluster/index.ts';
