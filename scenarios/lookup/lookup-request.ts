import type { MembershipChange } from '../../balancer/index.ts';

/** What `anycastle lookup` was asked, as written on the command line. */
export interface LookupRequest {
  /** A policy of the catalogue; absent when a scenario says it. */
  readonly policy?: string | undefined;
  /** `table_size=5003`. */
  readonly options: readonly string[];
  /** `a,b=2,c0..c9`; absent when a scenario says them. */
  readonly backends?: string | undefined;
  /** In the order given: `b3`, `b9=2`, `b3=99`. */
  readonly changes: readonly { readonly verb: MembershipChange['verb']; readonly text: string }[];
  /** Texts to place one by one. */
  readonly keys: readonly string[];
  /** So many made-up keys, for shares and moves; 0 for none. */
  readonly keyCount: number;
  /** Backends to name for each key: the first and where its retries go. */
  readonly attemptCount: number;
}

/** Something in a request that cannot be: a sentence, and what to write instead. */
export class LookupError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'LookupError';
    this.hint = hint;
  }
}
