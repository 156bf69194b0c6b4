/** The catalogue of built-in worlds, smallest first. */

import type { NetworkGraph } from '../network-graph.ts';
import { buildWorld } from './build-world.ts';
import { GLOBAL_24, GLOBAL_8, GLOBAL_80 } from './plans.ts';
import type { WorldPlan } from './world-plan.ts';

export interface WorldDefinition {
  /** Versioned: `topology/global-24@1`. */
  readonly name: string;
  readonly summary: string;
  /** A fresh graph at each call, always with the same content. */
  build(): NetworkGraph;
}

export const worlds: readonly WorldDefinition[] = [GLOBAL_8, GLOBAL_24, GLOBAL_80].map(defineWorld);

function defineWorld(plan: WorldPlan): WorldDefinition {
  return { name: plan.name, summary: plan.summary, build: () => buildWorld(plan) };
}
