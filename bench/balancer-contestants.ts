import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  BackendTable,
  createBalancer,
  mix32,
  type BackendIndex,
  type Balancer,
  type PolicyDefinition,
} from '../balancer/index.ts';

export const KEYS = Uint32Array.from({ length: 1 << 14 }, (_, key) => mix32(key, 0));
export const KEY_MASK = KEYS.length - 1;

/** Something that picks, in a field of others. */
export interface Contestant {
  readonly name: string;
  /** The first build of the process's first balancer of that kind, and the least of later ones. */
  readonly coldBuildMs: number;
  readonly warmBuildMs: number;
  /** Picks for `KEYS[from] … KEYS[from + count − 1]`; a sum, so that nothing is optimised away. */
  readonly pick: (from: number, count: number) => number;
  readonly perSecond: number[];
}

export function policyContestant(
  definition: PolicyDefinition,
  options: object,
  n: number,
): Contestant {
  const policy = definition.create(options, { random: createRandom() });
  const balancer = createBalancer({ policy, clock: { nowNs: 0 } });
  for (let i = 0; i < n; i++) balancer.add({ id: `backend-${i}`, weight: 1 });
  const coldBuildMs = rebuildMs(balancer);
  const warmBuildMs = Math.min(...Array.from({ length: 4 }, () => rebuildMs(balancer)));
  const written = Object.entries(options).map(([key, value]) => ` ${key}=${value}`);
  return {
    name: definition.name + written.join(''),
    coldBuildMs,
    warmBuildMs,
    perSecond: [],
    pick: (from, count) => {
      let sum = 0;
      for (let i = from; i < from + count; i++) sum += balancer.pick(KEYS[i & KEY_MASK]!, 0);
      return sum;
    },
  };
}

/** A change of membership, and the pick that rebuilds for it. */
function rebuildMs(balancer: Balancer): number {
  balancer.pool.setEnabled(0 as BackendIndex, false);
  balancer.pick(0, 0);
  balancer.pool.setEnabled(0 as BackendIndex, true);
  const startMs = performance.now();
  balancer.pick(0, 0);
  return performance.now() - startMs;
}

/** Bytes that a policy over n backends holds, the pool apart: the mean of a few. */
export function policyBytes(definition: PolicyDefinition, n: number): number {
  const pool = new BackendTable();
  for (let i = 0; i < n; i++) pool.add({ id: `backend-${i}` });
  const make = () => {
    const policy = definition.create({}, { random: createRandom() });
    policy.rebuild(pool);
    policy.pick({ keyHash: 0, attempt: 0, nowNs: 0 });
    return policy;
  };
  make();
  const before = heldBytes();
  const held = Array.from({ length: INSTANCES }, make);
  const bytes = (heldBytes() - before) / INSTANCES;
  // Keeps them until here.
  return held.length === INSTANCES ? Math.max(0, bytes) : Number.NaN;
}

/** So many that what the collector leaves lying does not matter. */
const INSTANCES = 40;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heldBytes(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Numerical Recipes' generator: fast, so that draws cost little beside the picks. */
function createRandom(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
