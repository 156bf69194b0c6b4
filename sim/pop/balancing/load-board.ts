import type {
  BackendIndex,
  BackendPool,
  LoadReport,
  Outcome,
  PickRequest,
  Policy,
} from '../../../balancer/index.ts';

/**
 * Requests in flight as servers told of them some time ago: a bulletin board that is written anew
 * at intervals, for all backends at once (Mitzenmacher, "How Useful Is Old Information?", 2000).
 */
export class LoadBoard {
  private readonly inFlightByBackend: Int32Array;
  private readonly ask: (backend: number) => number;

  constructor(backendCount: number, ask: (backend: number) => number) {
    this.inFlightByBackend = new Int32Array(backendCount);
    this.ask = ask;
  }

  refresh(): void {
    for (let backend = 0; backend < this.inFlightByBackend.length; backend++) {
      this.inFlightByBackend[backend] = this.ask(backend);
    }
  }

  inFlight(backend: number): number {
    return this.inFlightByBackend[backend] ?? 0;
  }
}

/** The pool of a balancer that reads loads from a board instead of counting its own requests. */
class BoardView implements BackendPool {
  private readonly pool: BackendPool;
  private readonly board: LoadBoard;

  constructor(pool: BackendPool, board: LoadBoard) {
    this.pool = pool;
    this.board = board;
  }

  get slotCount(): number {
    return this.pool.slotCount;
  }

  get eligibleCount(): number {
    return this.pool.eligibleCount;
  }

  get inFlightTotal(): number {
    let total = 0;
    for (let i = 0; i < this.eligibleCount; i++) total += this.inFlight(this.eligibleAt(i));
    return total;
  }

  eligibleAt(position: number): BackendIndex {
    return this.pool.eligibleAt(position);
  }

  isEligible(backend: BackendIndex): boolean {
    return this.pool.isEligible(backend);
  }

  id(backend: BackendIndex): string {
    return this.pool.id(backend);
  }

  weight(backend: BackendIndex): number {
    return this.pool.weight(backend);
  }

  inFlight(backend: BackendIndex): number {
    return this.board.inFlight(backend);
  }
}

/** A policy over such a view. */
export class BoardPolicy implements Policy {
  private readonly policy: Policy;
  readonly board: LoadBoard;
  private view: BoardView | undefined;

  constructor(policy: Policy, board: LoadBoard) {
    this.policy = policy;
    this.board = board;
  }

  rebuild(pool: BackendPool): void {
    this.view = new BoardView(pool, this.board);
    this.policy.rebuild(this.view);
  }

  pick(request: PickRequest): BackendIndex {
    return this.policy.pick(request);
  }

  poolFor(request: PickRequest): BackendPool {
    return this.policy.poolFor?.(request) ?? this.view!;
  }

  waitNs(nowNs: number): number {
    return this.policy.waitNs?.(nowNs) ?? 0;
  }

  onStart(backend: BackendIndex, nowNs: number): void {
    this.policy.onStart?.(backend, nowNs);
  }

  onFinish(backend: BackendIndex, outcome: Outcome, latencyNs: number, nowNs: number): void {
    this.policy.onFinish?.(backend, outcome, latencyNs, nowNs);
  }

  onReport(backend: BackendIndex, report: LoadReport, nowNs: number): void {
    this.policy.onReport?.(backend, report, nowNs);
  }
}
