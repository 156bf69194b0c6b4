/** What happens in a scenario's story, and to whom; see `WorldSpec.events`. */

export type EntityRef =
  | { readonly kind: 'pop'; readonly pop: string }
  | { readonly kind: 'server'; readonly pop: string; readonly server: string }
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'origin'; readonly origin: string }
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'region'; readonly region: string }
  | { readonly kind: 'class'; readonly class: string }
  | { readonly kind: 'world' };

/**
 * One line of the story, already expanded (globs, `every`, `after`, `share`): something begins at
 * `atNs`, and, when `untilNs` is finite, ends there. A named event also is a reporting window.
 */
export interface EventSpec {
  readonly name: string | null;
  readonly atNs: number;
  readonly untilNs: number;
  readonly targets: readonly EntityRef[];
  readonly action: EventAction;
}

export type EventAction =
  /**
   * `power`: gone at once, neighbours find out by BFD or hold timer. `blackhole`: stays announced
   * and healthy-looking, answers nothing. `clean`: withdraws first. `error`: answers 503.
   */
  | { readonly verb: 'fail'; readonly mode: 'power' | 'blackhole' | 'clean' | 'error' }
  | { readonly verb: 'recover' }
  | {
      readonly verb: 'degrade';
      readonly serviceTimeFactor?: number;
      readonly probeLossRatio?: number;
      readonly errorRatio?: number;
      readonly latencyFactor?: number;
      readonly lossRatio?: number;
      readonly bandwidthFactor?: number;
    }
  /** No new requests; those inside finish. For a POP: withdraw over `gradualNs` (0 = at once). */
  | { readonly verb: 'drain'; readonly gradualNs: number }
  | { readonly verb: 'undrain' }
  /** Servers join their balancers' tables, or leave them: health checks begin anew, or end. */
  | { readonly verb: 'add' | 'remove' }
  | { readonly verb: 'reweight'; readonly weight: number }
  | { readonly verb: 'withdraw'; readonly from: readonly string[] | 'all' }
  | { readonly verb: 'announce'; readonly from: readonly string[] | 'all' }
  | { readonly verb: 'prepend'; readonly count: number; readonly from: readonly string[] | 'all' }
  /** Arrival rate of the targets × factor. */
  | { readonly verb: 'surge'; readonly factor: number }
  /**
   * Settings changed in flight; keys are the dotted paths of the scenario that are settable: see
   * `scenarios/settable.ts`.
   */
  | { readonly verb: 'set'; readonly settings: Readonly<Record<string, unknown>> };
