import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';
import type { Forwardable, Forwarded, Tried, Try } from './forwardable.ts';

/** A request that its sender waits for. */
export interface Call<Answer> {
  readonly request: Forwardable;
  readonly send: (to: Try) => Promise<Tried<Answer>>;
  readonly resolve: (result: Forwarded<Answer>) => void;
  readonly reject: (error: unknown) => void;
  /** Grows with each try and its end: what was meant for an earlier one is stale. */
  turn: number;
  backend: BackendIndex;
  sentNs: number;
  controller: AbortController;
  cookie: string | undefined;
}

/** Calls by the numbers under which a dispatcher knows them; small ones, used again. */
export class Calls<Answer> {
  readonly #calls: (Call<Answer> | undefined)[] = [];
  readonly #free: number[] = [];

  open(call: Pick<Call<Answer>, 'request' | 'send' | 'resolve' | 'reject'>): number {
    const number = this.#free.pop() ?? this.#calls.length;
    this.#calls[number] = {
      ...call,
      turn: 0,
      backend: NO_BACKEND,
      sentNs: 0,
      controller: new AbortController(),
      cookie: undefined,
    };
    return number;
  }

  at(number: number): Call<Answer> {
    const call = this.#calls[number];
    if (call === undefined) throw new Error(`no call ${number} is under way`);
    return call;
  }

  /** It is over, and its number another's. */
  release(number: number): Call<Answer> {
    const call = this.at(number);
    this.#calls[number] = undefined;
    this.#free.push(number);
    return call;
  }
}
