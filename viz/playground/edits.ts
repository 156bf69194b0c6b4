/** What somebody has changed in the playground; plain data, so that a worker can be told. */
export interface Edits {
  /** Balancing policy; null = as the scenario has it. */
  readonly policy: string | null;
  /** POP name → servers in each of its groups, as a multiple of what the scenario has. */
  readonly capacity: Readonly<Record<string, number>>;
  /** Names of links that are cut from 0:00 on, in the order in which they were. */
  readonly cutLinks: readonly string[];
}

/** Factors that a capacity may have: the positions of the slider. */
export const CAPACITIES = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4] as const;

export const NO_EDITS: Edits = { policy: null, capacity: {}, cutLinks: [] };

export function withPolicy(edits: Edits, policy: string | null): Edits {
  return { ...edits, policy };
}

/** A factor of 1 takes the edit back. */
export function withCapacity(edits: Edits, pop: string, factor: number): Edits {
  const { [pop]: _before, ...others } = edits.capacity;
  return { ...edits, capacity: factor === 1 ? others : { ...others, [pop]: factor } };
}

/** Cuts a link, or mends one that was cut here. */
export function withLinkToggled(edits: Edits, link: string): Edits {
  const isCut = edits.cutLinks.includes(link);
  return {
    ...edits,
    cutLinks: isCut ? edits.cutLinks.filter((name) => name !== link) : [...edits.cutLinks, link],
  };
}

export function isEdited({ policy, capacity, cutLinks }: Edits): boolean {
  return policy !== null || Object.keys(capacity).length > 0 || cutLinks.length > 0;
}
