import type { Layers } from './layer-shape.ts';

/** A key that another key rules out, and why. */
export interface Contradiction {
  readonly key: keyof Layers;
  readonly message: string;
}

/** Ways to take the zones of servers into account; one at a time. */
export const ZONE_LAYERS = ['zone_aware', 'locality_weighted', 'locality_failover'] as const;

/** `panics`: health is told to be ignored when too few are well (`health.panic_threshold`). */
export function layerContradictions(layers: Layers, panics: boolean): Contradiction[] {
  const found: Contradiction[] = [];
  if (layers.priorities !== undefined && layers.priorities !== false) {
    for (const key of ['locality_weighted', 'locality_failover'] as const) {
      if (layers[key] === undefined) continue;
      found.push({
        key: 'priorities',
        message: `'priorities' and '${key}' exclude each other`,
      });
    }
    if (panics) {
      found.push({
        key: 'priorities',
        message:
          'priorities panic one by one: write balancer.priorities.panic_threshold, ' +
          "not health's",
      });
    }
  }
  const [first, second] = ZONE_LAYERS.filter((key) => layers[key] !== undefined);
  if (second !== undefined) {
    found.push({ key: second, message: `'${first}' and '${second}' exclude each other` });
  }
  if (first === 'locality_failover' && panics) {
    found.push({
      key: first,
      message: "zones panic one by one: write locality_failover.panic_threshold, not health's",
    });
  }
  return found;
}
