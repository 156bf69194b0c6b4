/** The catalogue of built-in worlds, smallest first. */

import type { NetworkGraph } from '../network-graph.ts';
import { buildWorld } from './build-world.ts';
import { GLOBAL_24, GLOBAL_8, GLOBAL_80 } from './plans.ts';
import type { WorldPlan } from './world-plan.ts';

export interface WorldDefinition {
  /** Versioned: `topology/global-24@1`. */
  readonly name: string;
  readonly summary: string;
  /**
   * A fresh graph at each call, always with the same content. Another `sample` is another world of
   * the same kind: what was drawn is drawn anew, what was decided by hand stays.
   */
  build(sample?: string): NetworkGraph;
}

export const worlds: readonly WorldDefinition[] = [GLOBAL_8, GLOBAL_24, GLOBAL_80].map(defineWorld);

function defineWorld(plan: WorldPlan): WorldDefinition {
  const build = (sample?: string): NetworkGraph =>
    buildWorld(sample === undefined ? plan : { ...plan, seed: `${plan.seed}/${sample}` });
  return { name: plan.name, summary: plan.summary, build };
}
