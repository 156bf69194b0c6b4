import type { z } from 'zod';
import {
  healthChecks,
  healthNotes,
  policies,
  policyAliases,
  policyNotes,
} from '../balancer/index.ts';
import { optionLines } from './option-lines.ts';

/** The options of a policy or check, a line each below the title. */
function optionsSection(schema: z.ZodType): string[] {
  const lines = optionLines(schema);
  return lines.length === 0 ? ['options: none'] : ['options:', ...lines.map((line) => `  ${line}`)];
}

/** What is known of a policy beyond its summary: use, options, cost, source. */
export function policyDetails(name: string): string[] {
  const definition = policies.find((policy) => policy.name === name);
  if (definition === undefined) return [];
  const notes = policyNotes[name];
  const others = Object.keys(policyAliases).filter((alias) => policyAliases[alias] === name);
  const traits = [
    definition.consistent ? 'looks at the key' : 'does not look at the key',
    ...(notes === undefined ? [] : [notes.heedsWeights ? 'heeds weights' : 'ignores weights']),
  ];
  return [
    traits.join('; '),
    ...optionsSection(definition.options),
    ...(notes === undefined
      ? []
      : [
          `use: ${notes.use}`,
          `avoid: ${notes.avoid}`,
          `cost of a pick: ${notes.pick}; memory: ${notes.memory}; rebuild: ${notes.build}`,
          `source: ${notes.source}`,
        ]),
    ...(others.length === 0 ? [] : [`elsewhere called: ${others.join(', ')}`]),
  ];
}

/** What is known of a health check beyond its summary. */
export function healthDetails(name: string): string[] {
  const definition = healthChecks.find((check) => check.name === name);
  if (definition === undefined) return [];
  const notes = healthNotes[name];
  return [
    KINDS[definition.kind],
    ...optionsSection(definition.options),
    ...(notes === undefined
      ? []
      : [
          `detects a death after: ${notes.detects}`,
          `use: ${notes.use}`,
          `avoid: ${notes.avoid}`,
          `source: ${notes.source}`,
        ]),
  ];
}

const KINDS = {
  probes: 'active: sends probes',
  traffic: 'passive: watches what live requests come to',
  heartbeats: 'listens for heartbeats',
} as const;
