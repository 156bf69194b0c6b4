import { healthChecks } from '../balancer/index.ts';
import { EVICTION, POLICIES, ROUTING } from './catalogue.ts';
import { METRICS } from './schema/threshold.ts';
import { worlds } from '../topology/index.ts';

/** A name that scenario files may use, and what it means. */
export interface GlossaryEntry {
  readonly name: string;
  readonly summary: string;
}

const TOPICS = {
  policies: () => POLICIES.entries,
  health: () => healthChecks,
  strategies: () => ROUTING.entries,
  eviction: () => EVICTION.entries,
  presets: () => worlds,
  metrics: () => Object.entries(METRICS).map(([name, { meaning }]) => ({ name, summary: meaning })),
} as const satisfies Readonly<Record<string, () => readonly GlossaryEntry[]>>;

export type GlossaryTopic = keyof typeof TOPICS;

export const GLOSSARY_TOPICS = Object.keys(TOPICS) as readonly GlossaryTopic[];

/** The names of a topic with a sentence each, in the order in which people are shown them. */
export function glossary(topic: GlossaryTopic): GlossaryEntry[] {
  return TOPICS[topic]().map(({ name, summary }) => ({ name, summary }));
}
