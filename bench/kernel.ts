/**
 * The kernel beside its peers: the event queue by itself (hold model: take the earliest event,
 * schedule its successor), then M/M/1 on the bare kernel. Run by `npx tsx bench/kernel.ts`.
 */
import FlatQueue from 'flatqueue';
import { EventKind } from '../sim/kernel/event-kind.ts';
import { EventQueue } from '../sim/kernel/event-queue.ts';
import { Kernel } from '../sim/kernel/kernel.ts';
import { Stream } from '../sim/kernel/random.ts';
import { ClosureHeap } from './closure-heap.ts';
import { installSimPy, runCpp, runSimPy, type PeerResult } from './peers.ts';
import { ratePerSecond, sideBySide, table, type Contender } from './side-by-side.ts';

const HOLD_COUNT = 1_000_000;
const DELAY_COUNT = 65_536;

/** `tied` delays are few round numbers, as in a scenario of constant times. */
function delays(kind: 'exponential' | 'tied'): Float64Array {
  const stream = new Stream(1, 2, 3, 4);
  return new Float64Array(DELAY_COUNT).map(() =>
    kind === 'tied' ? 1e5 * (1 + stream.below(20)) : 1 + Math.floor(stream.exponential(1e6)),
  );
}

function holdModel(pendingCount: number, delayNs: Float64Array): Contender[] {
  const delayOf = (i: number): number => delayNs[i & (DELAY_COUNT - 1)]!;
  const columns = (): number => {
    const queue = new EventQueue();
    for (let i = 0; i < pendingCount; i++) queue.push(delayOf(i), 1, i, 0);
    return ratePerSecond(HOLD_COUNT, () => {
      for (let i = 0; i < HOLD_COUNT; i++) {
        queue.pop();
        queue.push(queue.timeNs + delayOf(i * 7), queue.kind, queue.subject, 0);
      }
    });
  };
  const kernel = (): number => {
    const engine = new Kernel();
    engine.on(EventKind.Arrival, (subject) => {
      const i = engine.eventCount;
      if (i === HOLD_COUNT) engine.stop();
      engine.schedule(engine.nowNs + delayOf(i * 7), EventKind.Arrival, subject);
    });
    for (let i = 0; i < pendingCount; i++) engine.schedule(delayOf(i), EventKind.Arrival, i);
    return ratePerSecond(HOLD_COUNT, () => engine.run(Number.MAX_SAFE_INTEGER));
  };
  const flat = (): number => {
    const queue = new FlatQueue<number>();
    for (let i = 0; i < pendingCount; i++) queue.push(i, delayOf(i));
    return ratePerSecond(HOLD_COUNT, () => {
      for (let i = 0; i < HOLD_COUNT; i++) {
        const timeNs = queue.peekValue()!;
        queue.push(queue.pop()!, timeNs + delayOf(i * 7));
      }
    });
  };
  const closures = (): number => {
    const heap = new ClosureHeap();
    let count = 0;
    const successor = (): void => heap.push(heap.nowNs + delayOf(count++ * 7), () => successor());
    for (let i = 0; i < pendingCount; i++) heap.push(delayOf(i), () => successor());
    return ratePerSecond(HOLD_COUNT, () => {
      while (count < HOLD_COUNT) heap.runNext();
    });
  };
  return [
    { name: 'EventQueue: FIFO ties, payload', run: columns },
    { name: 'Kernel: the same, dispatched, hashed', run: kernel },
    { name: 'flatqueue: no tie order, one id', run: flat },
    { name: 'object heap of closures', run: closures },
  ];
}

const MM1_RHO = 0.8;
const MM1_SERVICE_NS = 1e6;

/** M/M/1, FIFO, λ = 800/s, μ = 1000/s. */
class LabQueue {
  readonly kernel = new Kernel();
  sumNs = 0;
  servedCount = 0;
  readonly #arrivals = new Stream(1, 2, 3, 4);
  readonly #services = new Stream(5, 6, 7, 8);
  /** A ring: at ρ = 0.8, 65,536 wait with probability 0.8^65536. */
  readonly #arrivedNs = new Float64Array(65_536);
  #arrivedCount = 0;

  constructor(customers: number) {
    this.kernel.on(EventKind.Arrival, () => this.#arrive());
    this.kernel.on(EventKind.ServiceEnded, () => this.#endService(customers));
    this.kernel.schedule(0, EventKind.Arrival, 0);
  }

  #arrive(): void {
    const { nowNs } = this.kernel;
    this.#arrivedNs[this.#arrivedCount++ & 65_535] = nowNs;
    if (this.#arrivedCount - this.servedCount === 1) this.#startService();
    const gapNs = Math.round(this.#arrivals.exponential(MM1_SERVICE_NS / MM1_RHO));
    this.kernel.schedule(nowNs + gapNs, EventKind.Arrival, 0);
  }

  #startService(): void {
    const serviceNs = Math.round(this.#services.exponential(MM1_SERVICE_NS));
    this.kernel.schedule(this.kernel.nowNs + serviceNs, EventKind.ServiceEnded, 0);
  }

  #endService(customers: number): void {
    this.sumNs += this.kernel.nowNs - this.#arrivedNs[this.servedCount++ & 65_535]!;
    if (this.servedCount === customers) this.kernel.stop();
    else if (this.servedCount < this.#arrivedCount) this.#startService();
  }
}

function mm1OnKernel(customers: number): number {
  const lab = new LabQueue(customers);
  const rate = ratePerSecond(customers, () => lab.kernel.run(Number.MAX_SAFE_INTEGER));
  checkMean('kernel', lab.sumNs / customers / 1e6, customers);
  return rate;
}

/** The mean of n sojourns has sd 5 ms · √(2·(1 + ρ)/(1 − ρ)² / n) ≈ 47 ms / √n; five allowed. */
function checkMean(name: string, meanMs: number, customers: number): void {
  if (Math.abs(meanMs - 5) > (5 * 47) / Math.sqrt(customers)) {
    throw new Error(`${name}: mean sojourn ${meanMs} ms, expected 5`);
  }
}

function mm1(): Contender[] {
  const peer = (name: string, customers: number, run: typeof runCpp): Contender => ({
    name,
    run: () => {
      const result = run('mm1', customers);
      if (result === null) return null;
      checkMean(name, result.meanMs, customers);
      return result.requests / result.seconds;
    },
  });
  return [
    { name: 'Kernel', run: () => mm1OnKernel(2_000_000) },
    peer('C++ std::priority_queue -O2', 4_000_000, runCpp),
    peer('SimPy', 100_000, runSimPy),
  ];
}

/** What others make of the edge reference R1 (`peers/edge.md`); set-up is not timed. */
function edgePeers(): Contender[] {
  const rateOf = (result: PeerResult | null): number | null =>
    result === null ? null : result.requests / result.seconds;
  return [
    { name: 'C++ std::priority_queue -O2', run: () => rateOf(runCpp('edge', 2_000_000)) },
    { name: 'SimPy', run: () => rateOf(runSimPy('edge', 50_000)) },
  ];
}

for (const kind of ['exponential', 'tied'] as const) {
  for (const pendingCount of [1000, 10_000, 100_000]) {
    const contenders = holdModel(pendingCount, delays(kind));
    console.log(table(`${pendingCount} pending, ${kind} delays`, 'events', sideBySide(contenders)));
  }
}
installSimPy();
console.log(table('M/M/1, ρ = 0.8', 'customers', sideBySide(mm1())));
console.log(table('R1 edge, peers only', 'requests', sideBySide(edgePeers())));
