import { z } from 'zod';
import { ACTIVE_CHECKS, PASSIVE_CHECKS, POLICIES, ROUTING, type Catalogue } from './catalogue.ts';
import { presetNames } from './presets/index.ts';
import { balancerLayers } from './schema/balancer.ts';
import {
  fallRiseSettings,
  healthSettings,
  originHealthSettings,
  outlierSettings,
  probeSettings,
} from './schema/health.ts';
import { record } from './schema/pieces.ts';
import { originSettings } from './schema/services.ts';
import { SECTION_SCHEMAS } from './sections.ts';

/** The format as JSON Schema (draft 2020-12), for completion and checks in editors. */
export function scenarioJsonSchema(): object {
  const schema = z.strictObject({
    version: z.literal(1),
    name: z.string().optional().describe('names the results folder; default the file’s name'),
    description: z.string().optional(),
    include: z
      .array(
        z.union([
          z.strictObject({ preset: z.enum(presetNames() as [string, ...string[]]).or(z.string()) }),
          z.strictObject({ file: z.string().describe('relative to this file, inside its folder') }),
        ]),
      )
      .optional(),
    ...optionalSections(),
    routing: choice(ROUTING, 'strategy', {
      convergence: z.enum(['instant', 'per-hop']).optional(),
    }).optional(),
    regions: z.enum(['continent']).optional().describe('of anycast-regional'),
    balancer: choice(POLICIES, 'policy', balancerLayers.shape).optional(),
    health: z.union([z.literal('off'), withChecks(healthSettings)]).optional(),
    origins: record(
      originSettings.valueType.extend({ health: withChecks(originHealthSettings).optional() }),
    ).optional(),
    strategies: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('baseline, named overlays (dotted paths or nested), extends, matrix, exclude, add'),
    sweep: z.record(z.string(), z.array(z.unknown())).optional().describe('not used by run'),
  });
  return {
    title: 'Anycastle scenario, version 1',
    ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'ref' }),
  };
}

function optionalSections() {
  return Object.fromEntries(
    Object.entries(SECTION_SCHEMAS).map(([name, schema]) => [name, schema.optional()]),
  );
}

/** Health settings with the forms of their checks, which are decoded by hand. */
function withChecks<Shape extends z.ZodRawShape>(settings: z.ZodObject<Shape>) {
  const off = z.literal('off');
  return settings.extend({
    active: z
      .union([off, fallRiseSettings, choice(ACTIVE_CHECKS, 'kind', probeSettings.shape)])
      .optional(),
    passive: z.union([off, outlierSettings, choice(PASSIVE_CHECKS, 'kind', {})]).optional(),
  });
}

/** A name of the catalogue, `{ name: options }`, or `{ policy: name, …options }`. */
function choice(catalogue: Catalogue, nameKey: string, besides: z.ZodRawShape) {
  const names = z
    .enum(catalogue.entries.map(({ name }) => name) as [string, ...string[]])
    .describe(catalogue.entries.map(({ name, summary }) => `${name}: ${summary}`).join('\n'));
  const wrapped = catalogue.entries.map(({ name, options }) =>
    z.strictObject({ [name]: options, ...besides }),
  );
  const flat = catalogue.entries.map(({ name, options }) => {
    const shape = options instanceof z.ZodObject ? (options.shape as z.ZodRawShape) : {};
    return z.strictObject({ [nameKey]: z.literal(name), ...shape, ...besides });
  });
  const nested = z.strictObject({ [nameKey]: z.union(wrapped), ...besides });
  return z.union([names, ...flat, nested, ...wrapped] as unknown as [z.ZodType, z.ZodType]);
}
