/** What is decided by hand for a built-in world; the rest is drawn by rule from the seed. */
export interface WorldPlan {
  /** `global-24@1`; a change of what it builds is a new version. */
  readonly name: string;
  readonly summary: string;
  /** POPs by metro code. */
  readonly pops: readonly string[];
  /** Backbone links as `fra-ams`, in the order of their names; empty = by rule. */
  readonly backbone: readonly string[];
  readonly ixps: readonly string[];
  readonly tier1Count: number;
  readonly regionalCount: number;
  /** Metros where clients are, POP metros included: the largest by demand. */
  readonly metroCount: number;
  readonly regionCount: number;
}
