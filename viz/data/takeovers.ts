import type { RecordingPlayer } from './recording-player.ts';

export interface Takeover {
  readonly pop: number;
  /** Of the users that the POP had, those that this one has now; 0 … 1. */
  readonly share: number;
}

/**
 * Where a POP's users of one time are at another, by users; the POP itself first if it kept some.
 * Empty without catchments or users. -1 = nowhere.
 */
export function takeovers(
  player: RecordingPlayer,
  pop: number,
  before_s: number,
  now_s: number,
): readonly Takeover[] {
  const before = player.catchments();
  const now = player.catchments();
  if (before === null || now === null) return [];
  before.moveTo(before_s);
  now.moveTo(now_s);
  const weights = new Map<number, number>();
  let all = 0;
  player.index.world.regions.forEach(({ weight }, region) => {
    if (before.pops[region] !== pop) return;
    const to = now.pops[region]!;
    weights.set(to, (weights.get(to) ?? 0) + weight);
    all += weight;
  });
  if (all === 0) return [];
  return [...weights]
    .map(([to, weight]) => ({ pop: to, share: weight / all }))
    .sort((a, b) => Number(b.pop === pop) - Number(a.pop === pop) || b.share - a.share);
}
