/** The reference of the scenario format, from the schemas that decode scenarios. */

import type { z } from 'zod';
import {
  ACTIVE_CHECKS,
  EVICTION,
  PASSIVE_CHECKS,
  POLICIES,
  ROUTING,
  type Catalogue,
} from '../../scenarios/catalogue.ts';
import { ERROR_CODES, METRICS } from '../../scenarios/index.ts';
import { presets } from '../../scenarios/presets/index.ts';
import { balancerLayers } from '../../scenarios/schema/balancer.ts';
import { fallRiseSettings, outlierSettings, probeSettings } from '../../scenarios/schema/health.ts';
import { SECTION_SCHEMAS } from '../../scenarios/sections.ts';
import { table, type GeneratedPart } from './generated-part.ts';
import { schemaRows } from './schema-rows.ts';

export const scenarioReference: GeneratedPart = {
  page: 'docs/scenarios.md',
  name: 'scenario reference',
  text: () =>
    [
      ...Object.entries(SECTION_SCHEMAS).map(([name, schema]) => section(name, schema)),
      section('health.active', fallRiseSettings),
      section('health.passive', outlierSettings),
      catalogue('Kinds of `health.active`', ACTIVE_CHECKS),
      section('beside a kind of `health.active`', probeSettings),
      catalogue('Kinds of `health.passive`', PASSIVE_CHECKS),
      section('balancer', balancerLayers),
      catalogue('Routing strategies: `routing`', ROUTING),
      catalogue('Balancing policies: `balancer`', POLICIES),
      catalogue('Eviction policies: `cache.….policy`', EVICTION),
      presetTable(),
      metricTable(),
      codeTable(),
    ].join('\n\n'),
};

function section(name: string, schema: z.ZodType): string {
  const rows = schemaRows(schema, '').map(({ path, form, fallback, meaning }) => [
    path === '' ? `\`${name}\`` : `\`${path}\``,
    form,
    fallback,
    meaning,
  ]);
  const title = name.includes('`') ? name : `\`${name}\``;
  return `### ${title}\n\n${table(['key', 'form', 'default', 'meaning'], rows)}`;
}

function catalogue(title: string, { entries }: Catalogue): string {
  const rows = entries.map(({ name, summary, options }) => [
    `\`${name}\``,
    summary,
    schemaRows(options, '')
      .filter(({ path }) => path !== '')
      .map(({ path, form, fallback, meaning }) => {
        const unless = fallback === '' ? '' : `, default ${fallback}`;
        return `\`${path}\`: ${meaning === '' ? form + unless : `${meaning} (${form}${unless})`}`;
      })
      .join('<br>'),
  ]);
  return `### ${title}\n\n${table(['name', 'what it does', 'options'], rows)}`;
}

function presetTable(): string {
  const rows = presets.map(({ name, version, summary }) => [`\`${name}@${version}\``, summary]);
  return `### Presets: \`include\`\n\n${table(['preset', 'brings'], rows)}`;
}

const UNIT_NAMES = {
  s: 'duration',
  ratio: 'share or factor',
  per_s: 'rate',
  bytes: 'size',
  bps: 'bandwidth',
  count: 'number',
} as const;

function metricTable(): string {
  const rows = Object.entries(METRICS).map(([name, { unit, sampled, meaning }]) => [
    `\`${name}\``,
    meaning,
    UNIT_NAMES[unit],
    sampled ? 'yes' : '',
  ]);
  const heads = ['metric', 'meaning', 'value', 'needs an aggregate'];
  return `### Metrics of \`thresholds\` and \`precision\`\n\n${table(heads, rows)}`;
}

function codeTable(): string {
  const rows = Object.entries(ERROR_CODES).map(([code, { title, explanation }]) => [
    code,
    title,
    explanation,
  ]);
  return `### Codes of errors and warnings\n\n${table(['code', 'title', 'explanation'], rows)}`;
}
