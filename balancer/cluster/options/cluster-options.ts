import { z } from 'zod';
import type { DispatchSettings } from '../../dispatching/dispatch-settings.ts';
import { healthChecks } from '../../health/health-checks.ts';
import type { ActiveCheckSettings, HealthRule } from '../../health/views/settings.ts';
import type { SlowStartSettings } from '../../layers/slow-start.ts';
import { policies } from '../../policies/index.ts';
import type { LoadBandSettings, SubsetSettings } from '../../subsetting/index.ts';
import type { LayerSettings } from '../policy-layers.ts';
import { fallRiseShape, outlierShape, probeTimeShape } from './health-shape.ts';
import { layerContradictions } from './layer-contradictions.ts';
import { layerShape } from './layer-shape.ts';
import { readChoice, type Choice, type Written } from './named-choice.ts';
import { plainQuantities } from './quantities.ts';
import { outlierRule, probeTimes } from './read-health.ts';
import * as read from './read-layers.ts';

const layers = z.strictObject(layerShape(plainQuantities));
const LAYER_KEYS = Object.keys(layers.shape);

type LayerOptions = z.input<typeof layers>;

/** The keys that scenarios write under `balancer:` and `health:`, for one balancer. */
export interface ClusterOptions {
  /** A policy, and what stands around it; round robin when absent. */
  readonly balancer?:
    | string
    | (LayerOptions & { readonly policy?: Written; readonly [option: string]: unknown });
  readonly health?: {
    /** `off`, fall and rise, or a check of the catalogue. */
    readonly active?: Written;
    /** `off`, outlier ejection, or a check of the catalogue. */
    readonly passive?: Written;
    /** Share of well backends below which health is ignored; never when absent. */
    readonly panic_threshold?: string | number;
    /** A window; as `balancer.slow_start`. */
    readonly slow_start?: string;
  };
}

/** In base units. */
export interface ClusterSettings extends DispatchSettings, LayerSettings {
  readonly policy: Choice;
  readonly subset?: SubsetSettings;
  readonly loadBand?: Pick<LoadBandSettings, 'minAperture'>;
  readonly slowStart?: SlowStartSettings;
  readonly active?: ActiveCheckSettings;
  readonly passive?: HealthRule;
  readonly panicThreshold: number;
}

const health = z.strictObject({
  active: z.unknown().optional(),
  passive: z.unknown().optional(),
  panic_threshold: plainQuantities.share().default(0),
  slow_start: plainQuantities.duration().optional(),
});

/** Throws for unknown names and keys, what is out of range, and what cannot stand together. */
export function readClusterOptions(options: ClusterOptions): ClusterSettings {
  const written = options.balancer ?? {};
  const names = policies.map(({ name }) => name);
  const form = { nameKey: 'policy', besides: LAYER_KEYS, names };
  const beside = typeof written === 'string' ? {} : written;
  const keys = Object.entries(beside).filter(([key]) => LAYER_KEYS.includes(key));
  const around = layers.parse(Object.fromEntries(keys));
  const { panic_threshold: panicThreshold, ...checks } = health.parse(options.health ?? {});
  const wrong = layerContradictions(around, panicThreshold > 0);
  if (wrong.length > 0) throw new Error(wrong.map(({ message }) => message).join('; '));
  const parts = {
    ...read.subsetSettings(around),
    priorities: read.prioritySettings(around),
    zones: read.zoneSettings(around),
    slowStart: read.slowStartSettings(around, checks.slow_start),
    retries: read.retrySettings(around),
    limits: read.limitSettings(around),
    affinity: read.affinitySettings(around),
    active: activeCheck(checks.active as Written | undefined),
    passive: passiveCheck(checks.passive as Written | undefined),
  };
  const given = Object.entries(parts).filter(([, part]) => part !== undefined);
  const policy = readChoice(written, form) ?? { name: 'round-robin', options: {} };
  return { policy, panicThreshold, ...Object.fromEntries(given) };
}

const first = { first_probes: z.enum(['spread', 'together']).optional() };
const fallRise = z.strictObject({ ...fallRiseShape(plainQuantities), ...first });
const beside = z.strictObject({ ...probeTimeShape(plainQuantities), ...first });

/** Without a name: fall and rise. */
function activeCheck(written: Written | undefined): ActiveCheckSettings | undefined {
  if (written === undefined || written === 'off') return undefined;
  const names = healthChecks.filter(({ kind }) => kind !== 'traffic').map(({ name }) => name);
  if (!isNamed(written, names)) {
    const { interval, timeout, fall, rise, jitter, first_probes } = fallRise.parse(written);
    if (timeout > interval) throw new Error('a probe takes no longer than the interval');
    const times = { intervalNs: interval, timeoutNs: timeout, fall, rise, jitterRatio: jitter };
    return { ...times, ...firstProbes(first_probes) };
  }
  const besides = Object.keys(beside.shape);
  const rule = readChoice(written, { nameKey: 'kind', besides, names })!;
  const keys = typeof written === 'string' ? [] : Object.entries(written);
  const own = beside.parse(Object.fromEntries(keys.filter(([key]) => besides.includes(key))));
  const { intervalNs, timeoutNs } = probeTimes(rule, own);
  if (timeoutNs === null) throw new Error(`write a timeout: ${rule.name} has no default`);
  const times = { intervalNs, timeoutNs, fall: 1, rise: 1, jitterRatio: 0 };
  return { ...times, rule, ...firstProbes(own.first_probes) };
}

function firstProbes(
  written: ActiveCheckSettings['firstProbes'],
): Pick<ActiveCheckSettings, 'firstProbes'> {
  return written === undefined ? {} : { firstProbes: written };
}

function passiveCheck(written: Written | undefined): HealthRule | undefined {
  if (written === undefined || written === 'off') return undefined;
  const names = healthChecks.filter(({ kind }) => kind === 'traffic').map(({ name }) => name);
  if (isNamed(written, names)) return readChoice(written, { nameKey: 'kind', besides: [], names });
  return outlierRule(z.strictObject(outlierShape(plainQuantities)).parse(written));
}

function isNamed(written: Written, names: readonly string[]): boolean {
  if (typeof written === 'string') return true;
  return ['kind', ...names].some((name) => Object.hasOwn(written, name));
}
