import { Mt19937 } from '../draws/mt19937.ts';

/**
 * Google's deterministic subsetting (SRE book, chapter 20): clients come in rounds of as many as
 * there are whole subsets; each round shuffles the backends alike, and each client of it takes the
 * next subset, so that every backend has the same number of clients per round. Client ids are
 * consecutive. A change of the number of backends reshuffles nearly everything. Positions of
 * backends; those beyond the last whole subset are left out by a round.
 */
export function deterministicSubset(
  clientId: number,
  backendCount: number,
  subsetSize: number,
): number[] {
  const subsetCount = Math.floor(backendCount / subsetSize);
  if (subsetCount === 0) return Array.from({ length: backendCount }, (_, i) => i);
  const round = Math.floor(clientId / subsetCount);
  const shuffled = shuffleForRound(round, backendCount);
  const start = (clientId % subsetCount) * subsetSize;
  return shuffled.slice(start, start + subsetSize);
}

/** The book's `random.Random(round).shuffle`, in Python 2: all clients of a round agree on it. */
export function shuffleForRound(round: number, backendCount: number): number[] {
  const generator = Mt19937.fromPythonSeed(round);
  const shuffled = Array.from({ length: backendCount }, (_, i) => i);
  for (let i = backendCount - 1; i > 0; i--) {
    const j = Math.floor(generator.next53() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return shuffled;
}
