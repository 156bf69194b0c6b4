/**
 * What a scenario will do, found out without running it: what `validate --plan` prints and what the
 * first line of a run counts.
 */
export interface PlanDescription {
  readonly name: string;
  readonly seed: string;
  readonly popCount: number;
  readonly linkCount: number;
  readonly regionCount: number;
  readonly strategyCount: number;
  readonly replications: { readonly least: number; readonly most: number };
  readonly sections: readonly PlanSection[];
  /** One sentence each: overload, a map in pieces, what the language warned of. */
  readonly warnings: readonly string[];
}

/** A topic in the left margin and its lines. */
export interface PlanSection {
  readonly topic: string;
  readonly lines: readonly string[];
}
