import { CAPACITIES, type Edits } from './edits.ts';

/** Edits of a text that somebody else may have made; null where it holds anything else. */
export function readEdits(text: string): Edits | null {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null) return null;
  const { policy = null, capacity = {}, cutLinks = [] } = read as Partial<Record<string, unknown>>;
  if (policy !== null && typeof policy !== 'string') return null;
  if (!isCapacity(capacity) || !isNames(cutLinks)) return null;
  return { policy, capacity, cutLinks };
}

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');

/** A factor that the slider does not have could ask for a million servers. */
const isCapacity = (value: unknown): value is Edits['capacity'] =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((factor) => CAPACITIES.some((known) => known === factor));
