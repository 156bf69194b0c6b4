/** The shape of a map in JSON; what it means is told in `import-json.ts`. */

import { z } from 'zod';
import { CONTINENTS } from '../attributes.ts';
import { parseBandwidth } from '../units.ts';

const asn = z.int().min(0).max(0xffff_ffff);
const name = z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, 'a name is of a–z, 0–9, - and _');

const bandwidth = z.string().transform((text, context) => {
  const parsed = parseBandwidth(text);
  if (parsed.ok && parsed.value > 0) return parsed.value;
  const message = parsed.ok ? 'must be more than 0' : `${parsed.message}; ${parsed.hint}`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

export const jsonShape = z.strictObject({
  metros: z.array(
    z.strictObject({
      name,
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      country: z.string(),
      continent: z.enum(CONTINENTS),
      city: z.string().optional(),
      population: z.number().min(0).default(0),
    }),
  ),
  ases: z
    .array(
      z.strictObject({
        asn,
        name: z.string().optional(),
        tier: z.enum(['tier-1', 'transit', 'eyeball', 'unknown']).default('unknown'),
        metros: z.array(name).default([]),
      }),
    )
    .default([]),
  links: z
    .array(
      z.union([
        z.strictObject({ provider: asn, customer: asn }),
        z.strictObject({ peers: z.tuple([asn, asn]) }),
      ]),
    )
    .default([]),
  ixps: z.array(z.strictObject({ name, metro: name })).default([]),
  pops: z.array(z.strictObject({ name, metro: name })).default([]),
  sessions: z
    .array(
      z.strictObject({
        pop: name,
        asn,
        relation: z.enum(['provider', 'peer', 'customer']),
        ixp: name.optional(),
      }),
    )
    .default([]),
  backbone: z
    .array(
      z.strictObject({
        between: z.tuple([name, name]),
        name: name.optional(),
        latencyMs: z.number().min(0).optional(),
        bandwidth,
        loss: z.number().min(0).max(1).default(0),
        bufferMs: z.number().min(0).default(20),
      }),
    )
    .default([]),
  regions: z
    .array(
      z.strictObject({
        name,
        metro: name,
        asn,
        share: z.number().min(0),
        access: z.enum(['fibre', 'cable', 'dsl']).default('fibre'),
      }),
    )
    .default([]),
});

export type JsonMap = z.output<typeof jsonShape>;
