import type { BackendIndex } from '../backend-pool.ts';

/** Picks of a holder that can wait for them. */
export interface AwaitedPicks {
  /** Calls `done` once, with the backend or `NO_BACKEND`; perhaps before it returns. */
  pick(keyHash: number, attempt: number, done: (backend: BackendIndex) => void): void;
}
