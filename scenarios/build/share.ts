import { hash32 } from '../../balancer/index.ts';

/**
 * Which targets a `share:` takes: those with the smallest hash of (seed, event, target), as many as
 * the share rounds to, at least one. So a share of 30 % takes in those of 20 %, and adding a target
 * displaces at most one.
 */
export function sampleOf<Target>(
  targets: readonly Target[],
  share: number,
  key: string,
): readonly Target[] {
  const wanted = share === 0 ? 0 : Math.max(1, Math.round(targets.length * share));
  const ranked = targets.map((target, index) => ({
    target,
    index,
    rank: hash32(`${key}/${JSON.stringify(target)}`),
  }));
  ranked.sort((a, b) => a.rank - b.rank || a.index - b.index);
  return ranked
    .slice(0, wanted)
    .sort((a, b) => a.index - b.index)
    .map(({ target }) => target);
}
