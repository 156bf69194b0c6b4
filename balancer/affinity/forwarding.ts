import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';

/** Where a packet may go: the backend to try, and the one that it is passed on to. */
export interface ForwardingTable {
  first(flow: number): BackendIndex;
  second(flow: number): BackendIndex;
}

/** What became of a packet: who has it, whether by a detour, or a broken connection. */
export type Delivery = 'direct' | 'detour' | 'broken';

/**
 * Transport affinity without state in the network: a packet of a flow that its first backend does
 * not know (no socket, and it opens none) is passed on to the second; when that one does not know
 * it either, the connection is broken. `owner` is the backend that holds the socket.
 */
export function deliver(table: ForwardingTable, flow: number, owner: BackendIndex): Delivery {
  if (table.first(flow) === owner) return 'direct';
  return table.second(flow) === owner ? 'detour' : 'broken';
}

/**
 * Faild (Araújo et al., NSDI 2018, Fastly): switches spread flows over buckets, each a virtual next
 * hop whose address names its present target and the one before. A drain hands the buckets of one
 * backend to the others in turn; flows that began before find their way by the previous target.
 * What is older than two changes of a bucket breaks.
 */
export class FaildTable implements ForwardingTable {
  readonly #present: Int32Array;
  readonly #previous: Int32Array;

  /** `bucketCount` buckets, dealt in turn. */
  constructor(bucketCount: number, backends: readonly BackendIndex[]) {
    if (backends.length === 0) throw new RangeError('a table needs backends');
    this.#present = Int32Array.from(
      { length: bucketCount },
      (_, i) => backends[i % backends.length]!,
    );
    this.#previous = Int32Array.from(this.#present);
  }

  /** Gives each bucket to whom `targetOf` names, for instance a hashing policy by its number. */
  follow(targetOf: (bucket: number) => BackendIndex): void {
    for (let bucket = 0; bucket < this.bucketCount; bucket++) {
      const target = targetOf(bucket);
      if (target !== this.#present[bucket]) this.#change(bucket, target);
    }
  }

  get bucketCount(): number {
    return this.#present.length;
  }

  first(flow: number): BackendIndex {
    return this.#present[flow % this.#present.length]! as BackendIndex;
  }

  second(flow: number): BackendIndex {
    return this.#previous[flow % this.#previous.length]! as BackendIndex;
  }

  /** Hands all buckets of `leaving` to `others`, each to the one that has fewest. */
  drain(leaving: BackendIndex, others: readonly BackendIndex[]): void {
    const counts = this.#counts();
    for (let bucket = 0; bucket < this.bucketCount; bucket++) {
      if (this.#present[bucket] !== leaving) continue;
      const emptiest = extreme(others, (b) => counts.get(b) ?? 0);
      counts.set(emptiest, (counts.get(emptiest) ?? 0) + 1);
      this.#change(bucket, emptiest);
    }
  }

  /** Gives `joining` its fair share of the buckets of `others`, from the fullest. */
  refill(joining: BackendIndex, others: readonly BackendIndex[]): void {
    const share = Math.floor(this.bucketCount / (others.length + 1));
    const counts = this.#counts();
    for (let given = 0; given < share; given++) {
      const fullest = extreme(others, (b) => -(counts.get(b) ?? 0));
      const bucket = this.#present.indexOf(fullest);
      this.#change(bucket, joining);
      counts.set(fullest, counts.get(fullest)! - 1);
    }
  }

  #change(bucket: number, target: BackendIndex): void {
    this.#previous[bucket] = this.#present[bucket]!;
    this.#present[bucket] = target;
  }

  #counts(): Map<number, number> {
    const counts = new Map<number, number>();
    for (const target of this.#present) counts.set(target, (counts.get(target) ?? 0) + 1);
    return counts;
  }
}

/** The first of those for whom `measure` is least. */
function extreme(
  backends: readonly BackendIndex[],
  measure: (backend: BackendIndex) => number,
): BackendIndex {
  let best = NO_BACKEND;
  let least = Infinity;
  for (const backend of backends) {
    if (measure(backend) >= least) continue;
    best = backend;
    least = measure(backend);
  }
  return best;
}
