import type { BackendIndex } from '../backend-pool.ts';

/** This balancer among its like: other processes in front of the same backends. */
export interface Instance {
  /** 0 … count − 1. */
  readonly index: number;
  readonly count: number;
  /** Seeds what is to differ between them, for instance random subsets. */
  readonly name: string;
}

/** Where a balancer and the backends in its slots stand. */
export class Place {
  readonly instance: number;
  readonly instanceCount: number;
  readonly name: string;
  /** Those that layers know; null: no layer asks. */
  readonly zones: readonly string[] | null;
  readonly #priority: number[] = [];
  readonly #zone: string[] = [];

  constructor({ index, count, name }: Instance, zones: readonly string[] | null) {
    this.instance = index;
    this.instanceCount = count;
    this.name = name;
    this.zones = zones;
  }

  /** Throws for a zone that layers have not been told of. */
  check(zone: string): void {
    if (this.zones === null || this.zones.includes(zone)) return;
    throw new Error(`no zone "${zone}" among ${this.zones.join(', ')}`);
  }

  set(backend: BackendIndex, priority: number, zone: string): void {
    this.#priority[backend] = priority;
    this.#zone[backend] = zone;
  }

  readonly priorityOf = (backend: BackendIndex): number => this.#priority[backend]!;

  readonly zoneOf = (backend: BackendIndex): string => this.#zone[backend]!;
}
