import seedrandom from 'seedrandom';
import {
  createBalancer,
  type BackendIndex,
  type PolicyDefinition,
} from '../../../balancer/index.ts';

const SERVERS = 10;
const ARRIVALS = 60_000;
/** Cut from the start, so that the queues are what they are in the long run. */
const WARMUP = 10_000;
/** Mean of the exponential service times at speed 1. */
const SERVICE_NS = 1e6;

/** Queues behind a policy that looks at load or takes turns. */
export interface LoadMeasures {
  /** Mean time in the system ÷ mean service time: ten equal servers, 80 % loaded. */
  readonly equal: number;
  /** One of them at a third of the speed, arrivals 80 % of the capacity that is left. */
  readonly oneSlow: number;
  /** Longest run of one backend in 1000 picks with weights 5, 1, 1 and nothing in flight. */
  readonly longestRun: number;
}

export function measureLoad(policy: PolicyDefinition): LoadMeasures {
  const equal = Array.from({ length: SERVERS }, () => 1);
  return {
    equal: meanStay(policy, equal),
    oneSlow: meanStay(policy, [...equal.slice(1), 1 / 3]),
    longestRun: longestRunOf(policy),
  };
}

/**
 * Mean stay in FIFO queues, in service times: arrivals are Poisson at 80 % of the capacity. Only
 * the jump chain is simulated (who is next is memoryless); times are those of the clock that
 * policies see.
 */
function meanStay(definition: PolicyDefinition, speeds: readonly number[]): number {
  const random = seedrandom.alea('load measures');
  const clock = { nowNs: 0 };
  const policy = definition.create({}, { random: seedrandom.alea('policy') });
  const balancer = createBalancer({ policy, clock });
  speeds.forEach((_, i) => balancer.add({ id: `b${i}` }));
  const queues: number[][] = speeds.map(() => []);
  const capacity = speeds.reduce((sum, speed) => sum + speed, 0);
  const arrivalRate = 0.8 * capacity;
  let arrivals = 0;
  let stayNs = 0;
  let counted = 0;
  while (arrivals < ARRIVALS) {
    const busy = speeds.map((speed, i) => (queues[i]!.length > 0 ? speed : 0));
    const rate = arrivalRate + busy.reduce((sum, each) => sum + each, 0);
    // Exact for the chain: the mean holding time instead of a draw.
    clock.nowNs += Math.round(SERVICE_NS / rate);
    let left = random() * rate - arrivalRate;
    if (left < 0) {
      const backend = balancer.pick(arrivals++, 0);
      balancer.start(backend);
      queues[backend]!.push(clock.nowNs);
      continue;
    }
    let server = busy.findIndex((each) => (left -= each) < 0);
    if (server < 0) server = busy.findLastIndex((each) => each > 0);
    const latencyNs = clock.nowNs - queues[server]!.shift()!;
    balancer.finish(server as BackendIndex, 'success', latencyNs);
    if (arrivals < WARMUP) continue;
    stayNs += latencyNs;
    counted++;
  }
  return stayNs / counted / SERVICE_NS;
}

function longestRunOf(definition: PolicyDefinition): number {
  const policy = definition.create({}, { random: seedrandom.alea('runs') });
  const balancer = createBalancer({ policy, clock: { nowNs: 0 } });
  [5, 1, 1].forEach((weight, i) => balancer.add({ id: `b${i}`, weight }));
  let longest = 0;
  let run = 0;
  let last = -1;
  for (let request = 0; request < 1000; request++) {
    const backend: number = balancer.pick(request, 0);
    run = backend === last ? run + 1 : 1;
    last = backend;
    longest = Math.max(longest, run);
  }
  return longest;
}
