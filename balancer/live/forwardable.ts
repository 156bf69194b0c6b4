import type { BackendIndex } from '../backend-pool.ts';
import type { Refusal } from '../dispatching/dispatch-ends.ts';
import type { Outcome } from '../ports.ts';

/** A request to be sent to one of a cluster's backends. */
export interface Forwardable {
  /** Uniform, of 32 bits: see `hash32`. */
  readonly keyHash: number;
  /** Under `affinity: client`: a number of the client, such as a hash of its address. */
  readonly client?: number;
  /** Under `affinity: cookie`: the one that it carries. */
  readonly cookie?: string | undefined;
}

/** One try at one backend. */
export interface Try {
  readonly backend: BackendIndex;
  readonly id: string;
  /** Aborted when the time of the try is over (`retries.per_try_timeout`). */
  readonly signal: AbortSignal;
}

/** How a try ended: `rejected` is a 503 of the backend, `server-error` any other 5xx. */
export interface Tried<Answer> {
  readonly outcome: Outcome;
  readonly answer: Answer;
}

export type Forwarded<Answer> =
  | {
      readonly kind: 'answered';
      /** Of the last try, which may have failed. */
      readonly answer: Answer;
      readonly outcome: Outcome;
      readonly id: string;
      /** Under `affinity: cookie`: to be given to the client. */
      readonly cookie?: string;
    }
  /** The balancer itself has nobody for it: 503. */
  | { readonly kind: 'refused'; readonly why: Refusal }
  /** The last try took too long: 504. */
  | { readonly kind: 'gave-up' };
