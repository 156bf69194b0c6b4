import {
  NO_BACKEND,
  type BackendIndex,
  type BackendOptions,
  type BackendPool,
} from './backend-pool.ts';

const MEMBER = 1;
const ENABLED = 2;
const HEALTHY = 4;
const EJECTED = 8;
/** Derived: the backend stands in the dense list. */
const LISTED = 16;

const USABLE = MEMBER | ENABLED;

/**
 * The table of backends: columns of weight, requests in flight and state, and the dense, ascending
 * list of those that may be picked. The order is a function of the state alone, not of its history.
 *
 * Panic: when fewer than `panicThreshold` of the usable members (enabled, weight above 0) are well,
 * health and ejection are ignored: wrong beliefs about most backends are likelier than their death
 * (Envoy, "Panic threshold", default 0.5 there; 0 here: never).
 */
export class BackendTable implements BackendPool {
  /** Grows with every change a policy may have to know of. */
  version = 0;
  inFlightTotal = 0;

  readonly #panicThreshold: number;
  #slotCount = 0;
  readonly #ids: string[] = [];
  readonly #indexById = new Map<string, BackendIndex>();
  readonly #vacant: BackendIndex[] = [];
  #flags = new Uint8Array(8);
  #weight = new Float64Array(8);
  #inFlight = new Int32Array(8);
  #eligible = new Int32Array(8);
  #eligibleCount = 0;
  /** Members that are enabled with weight above 0, and those of them that are well. */
  #usableCount = 0;
  #wellCount = 0;
  #isPanicking = false;
  #watcher: ((isMembership: boolean) => void) | null = null;

  constructor(panicThreshold = 0) {
    if (!(panicThreshold >= 0 && panicThreshold <= 1)) {
      throw new RangeError(`panic threshold must be in [0, 1], got ${panicThreshold}`);
    }
    this.#panicThreshold = panicThreshold;
  }

  get slotCount(): number {
    return this.#slotCount;
  }

  get eligibleCount(): number {
    return this.#eligibleCount;
  }

  /** Whether health is being ignored because too few backends are well. */
  get isPanicking(): boolean {
    return this.#isPanicking;
  }

  eligibleAt(position: number): BackendIndex {
    return this.#eligible[position]! as BackendIndex;
  }

  isEligible(backend: BackendIndex): boolean {
    return (this.#flags[backend]! & LISTED) !== 0;
  }

  isMember(backend: BackendIndex): boolean {
    return (this.#flags[backend]! & MEMBER) !== 0;
  }

  isHealthy(backend: BackendIndex): boolean {
    return (this.#flags[backend]! & HEALTHY) !== 0;
  }

  isEjected(backend: BackendIndex): boolean {
    return (this.#flags[backend]! & EJECTED) !== 0;
  }

  isEnabled(backend: BackendIndex): boolean {
    return (this.#flags[backend]! & ENABLED) !== 0;
  }

  id(backend: BackendIndex): string {
    return this.#ids[backend]!;
  }

  weight(backend: BackendIndex): number {
    return this.#weight[backend]!;
  }

  inFlight(backend: BackendIndex): number {
    return this.#inFlight[backend]!;
  }

  /**
   * Calls after every change that a policy may have to know of; one watcher. `isMembership`: a
   * backend joined, left, drained or came back, in contrast to its health and weight.
   */
  watch(changed: (isMembership: boolean) => void): void {
    this.#watcher = changed;
  }

  /** The member of that id, or `NO_BACKEND`. */
  find(id: string): BackendIndex {
    return this.#indexById.get(id) ?? NO_BACKEND;
  }

  /** A new member, enabled and healthy. Throws when the id is taken or the weight is not ≥ 0. */
  add({ id, weight = 1 }: BackendOptions): BackendIndex {
    if (this.#indexById.has(id)) throw new Error(`backend "${id}" is a member already`);
    assertWeight(weight);
    const backend = this.#vacant.pop() ?? (this.#slotCount++ as BackendIndex);
    if (backend >= this.#flags.length) this.#grow();
    this.#ids[backend] = id;
    this.#indexById.set(id, backend);
    this.#weight[backend] = weight;
    this.#inFlight[backend] = 0;
    this.#change(backend, MEMBER | ENABLED | HEALTHY);
    return backend;
  }

  /** Ends membership. The slot stays vacant until its last request in flight has finished. */
  remove(backend: BackendIndex): void {
    this.#assertMember(backend);
    this.#change(backend, 0);
    this.#indexById.delete(this.#ids[backend]!);
    if (this.#inFlight[backend] === 0) this.#vacant.push(backend);
  }

  setHealthy(backend: BackendIndex, healthy: boolean): void {
    this.#setFlag(backend, HEALTHY, healthy);
  }

  /** Disabled is drained: nothing new, and what is in flight may finish. Panic does not undo it. */
  setEnabled(backend: BackendIndex, enabled: boolean): void {
    this.#setFlag(backend, ENABLED, enabled);
  }

  /** Passive ejection, kept apart from health so that the two cannot overwrite each other. */
  setEjected(backend: BackendIndex, ejected: boolean): void {
    this.#setFlag(backend, EJECTED, ejected);
  }

  setWeight(backend: BackendIndex, weight: number): void {
    this.#assertMember(backend);
    assertWeight(weight);
    if (this.#weight[backend] === weight) return;
    const flags = this.#flags[backend]!;
    // Taken out of the counts under the old weight, put back under the new one.
    this.#count(backend, flags, -1);
    this.#weight[backend] = weight;
    this.#count(backend, flags, 1);
    this.#relist(backend);
    this.#watcher?.(false);
  }

  /** One more request under way at `backend`; throws when that has left since it was picked. */
  started(backend: BackendIndex): void {
    if ((this.#flags[backend]! & MEMBER) === 0) throw new Error(`slot ${backend} holds no backend`);
    this.#inFlight[backend]!++;
    this.inFlightTotal++;
  }

  /** One fewer; throws when none was under way. */
  finished(backend: BackendIndex): void {
    const left = --this.#inFlight[backend]!;
    this.inFlightTotal--;
    if (left > 0) return;
    if (left < 0) throw new Error(`backend ${backend} finished a request that it never started`);
    if ((this.#flags[backend]! & MEMBER) === 0) this.#vacant.push(backend);
  }

  /** A row with names, for traces and assertion messages. */
  describe(backend: BackendIndex): Readonly<Record<string, string | number | boolean>> {
    return {
      id: this.id(backend),
      weight: this.weight(backend),
      inFlight: this.inFlight(backend),
      isMember: this.isMember(backend),
      isEnabled: this.isEnabled(backend),
      isHealthy: this.isHealthy(backend),
      isEligible: this.isEligible(backend),
    };
  }

  #setFlag(backend: BackendIndex, flag: number, on: boolean): void {
    this.#assertMember(backend);
    const before = this.#flags[backend]!;
    const after = on ? before | flag : before & ~flag;
    if (after !== before) this.#change(backend, after);
  }

  #change(backend: BackendIndex, flags: number): void {
    const before = this.#flags[backend]!;
    this.#count(backend, before, -1);
    this.#flags[backend] = (before & LISTED) | (flags & ~LISTED);
    this.#count(backend, flags, 1);
    this.#relist(backend);
    this.#watcher?.((before & USABLE) !== (flags & USABLE));
  }

  #count(backend: BackendIndex, flags: number, by: 1 | -1): void {
    if ((flags & USABLE) !== USABLE || this.#weight[backend]! === 0) return;
    this.#usableCount += by;
    if ((flags & (HEALTHY | EJECTED)) === HEALTHY) this.#wellCount += by;
  }

  /** Brings the dense list up to date: one backend, or all when panic begins or ends. */
  #relist(backend: BackendIndex): void {
    this.version++;
    const panics = this.#wellCount < this.#panicThreshold * this.#usableCount;
    if (panics === this.#isPanicking) {
      this.#list(backend);
      return;
    }
    this.#isPanicking = panics;
    for (let slot = 0; slot < this.#slotCount; slot++) this.#list(slot as BackendIndex);
  }

  #list(backend: BackendIndex): void {
    const flags = this.#flags[backend]!;
    const usable = (flags & USABLE) === USABLE && this.#weight[backend]! > 0;
    const well = (flags & (HEALTHY | EJECTED)) === HEALTHY;
    const eligible = usable && (well || this.#isPanicking);
    if (eligible === ((flags & LISTED) !== 0)) return;
    const position = this.#positionOf(backend);
    if (eligible) {
      this.#eligible.copyWithin(position + 1, position, this.#eligibleCount++);
      this.#eligible[position] = backend;
    } else {
      this.#eligible.copyWithin(position, position + 1, this.#eligibleCount--);
    }
    this.#flags[backend] = flags ^ LISTED;
  }

  /** First position whose backend is not below `backend`. */
  #positionOf(backend: BackendIndex): number {
    let low = 0;
    let high = this.#eligibleCount;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#eligible[middle]! < backend) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #assertMember(backend: BackendIndex): void {
    if (!this.isMember(backend)) throw new Error(`slot ${backend} holds no backend`);
  }

  #grow(): void {
    const length = this.#flags.length * 2;
    const flags = new Uint8Array(length);
    const weight = new Float64Array(length);
    const inFlight = new Int32Array(length);
    const eligible = new Int32Array(length);
    flags.set(this.#flags);
    weight.set(this.#weight);
    inFlight.set(this.#inFlight);
    eligible.set(this.#eligible);
    this.#flags = flags;
    this.#weight = weight;
    this.#inFlight = inFlight;
    this.#eligible = eligible;
  }
}

function assertWeight(weight: number): void {
  if (!(weight >= 0 && weight < Infinity)) {
    throw new RangeError(`a weight is a finite number ≥ 0, got ${weight}`);
  }
}
