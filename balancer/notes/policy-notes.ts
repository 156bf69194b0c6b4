/** How policies are grouped when they are compared. */
export type PolicyFamily = 'random' | 'turns' | 'load' | 'rings' | 'tables' | 'scores' | 'buckets';

/**
 * What a person who chooses a policy wants to know beyond its summary and options. n is the number
 * of backends; costs are of this implementation.
 */
export interface PolicyNotes {
  readonly family: PolicyFamily;
  /** Paper, or product and its file or document. */
  readonly source: string;
  readonly pick: string;
  readonly memory: string;
  readonly build: string;
  /** False: every backend counts alike, whatever its weight (but 0). */
  readonly heedsWeights: boolean;
  /** Sentences; when to use it and when not. */
  readonly use: string;
  readonly avoid: string;
}
