import type { AutoscalerSpec, EventSpec, PopSpec, ScalingPolicySpec } from '../../sim/index.ts';
import { resolveEntities } from '../entities.ts';
import type { AutoscalerSettings } from '../schema/autoscale.ts';
import { mapAt, nodeAt } from '../tree.ts';
import { keyAt, type BuildContext } from './context.ts';
import { inTurnsByZone } from './placement.ts';

/**
 * Kubernetes' defaults (`pkg/apis/autoscaling/v2/defaults.go`): up by four servers or by as many as
 * there are, down at once, in 15 s.
 */
const UP_POLICIES: readonly ScalingPolicySpec[] = [
  { kind: 'percent', value: 100, periodNs: 15e9 },
  { kind: 'pods', value: 4, periodNs: 15e9 },
];
const DOWN_POLICIES: readonly ScalingPolicySpec[] = [
  { kind: 'percent', value: 100, periodNs: 15e9 },
];

/** Autoscalers of all POPs; a server has one at most, and no event adds or removes it as well. */
export function buildAutoscalers(
  pops: readonly PopSpec[],
  events: readonly EventSpec[],
  context: BuildContext,
): { readonly autoscalers?: readonly AutoscalerSpec[] } {
  const network = context.sections.read(context.root, 'network');
  const autoscalers = pops.flatMap((pop) => {
    const settings = network?.pops?.[pop.name]?.autoscale ?? network?.pops?.['*']?.autoscale ?? [];
    return settings.flatMap((one) => autoscalerOf(one, pop, context));
  });
  checkOwners(autoscalers, events, context);
  return autoscalers.length === 0 ? {} : { autoscalers };
}

function autoscalerOf(
  settings: AutoscalerSettings,
  pop: PopSpec,
  context: BuildContext,
): AutoscalerSpec[] {
  const listed = listedServers(settings.servers, pop, context);
  if (listed === null) return [];
  const { min, max = listed.length, initial = min } = settings;
  if (max > listed.length || min > max || initial < min || initial > max) {
    const found = `min ${min}, initial ${initial}, max ${max}, servers ${listed.length}`;
    const message = `min ≤ initial ≤ max ≤ servers must hold: ${found}`;
    context.findings.error('E0401', placeOf(pop.name, context), message, {
      hint: `network.pops.${pop.name}.servers says how many there can be`,
    });
    return [];
  }
  if (settings.sync_period === 0) {
    context.findings.error('E0207', placeOf(pop.name, context), "'sync_period' must be above 0");
  }
  const { metric, target } = settings.target;
  return [
    {
      pop: pop.name,
      servers: settings.placement === 'spread' ? inTurnsByZone(listed, pop) : listed,
      initial,
      min,
      max,
      metric,
      target,
      toleranceRatio: settings.tolerance,
      syncPeriodNs: settings.sync_period,
      startDelayNs: settings.start_delay,
      scaleUp: rulesOf(settings.scale_up, 0, UP_POLICIES),
      scaleDown: rulesOf(settings.scale_down, 300e9, DOWN_POLICIES),
    },
  ];
}

function listedServers(
  patterns: readonly string[],
  pop: PopSpec,
  context: BuildContext,
): readonly string[] | null {
  const names = new Set<string>();
  for (const pattern of patterns) {
    const resolved = resolveEntities(`servers/${pop.name}/${pattern}`, context.names);
    if (!resolved.ok) {
      const { code, message, hint } = resolved;
      context.findings.error(code, placeOf(pop.name, context), message, { hint });
      return null;
    }
    for (const ref of resolved.refs) if (ref.kind === 'server') names.add(ref.server);
  }
  return [...names];
}

function rulesOf(
  written: AutoscalerSettings['scale_up'],
  windowNs: number,
  defaults: readonly ScalingPolicySpec[],
): AutoscalerSpec['scaleUp'] {
  const { stabilization_window = windowNs, select = 'max', policies } = written ?? {};
  return {
    stabilizationWindowNs: stabilization_window,
    select,
    policies:
      policies?.map((policy) =>
        'pods' in policy
          ? { kind: 'pods', value: policy.pods, periodNs: policy.period }
          : { kind: 'percent', value: policy.percent, periodNs: policy.period },
      ) ?? defaults,
  };
}

function checkOwners(
  autoscalers: readonly AutoscalerSpec[],
  events: readonly EventSpec[],
  context: BuildContext,
): void {
  const owned = new Set<string>();
  for (const { pop, servers } of autoscalers) {
    const twice = servers.find((server) => owned.has(`${pop}/${server}`));
    if (twice !== undefined) {
      const message = `server/${pop}/${twice} has two autoscalers`;
      context.findings.error('E0401', placeOf(pop, context), message);
    }
    for (const server of servers) owned.add(`${pop}/${server}`);
  }
  for (const { action, targets } of events) {
    if (action.verb !== 'add' && action.verb !== 'remove') continue;
    const scaled = targets.find(
      (target) => target.kind === 'server' && owned.has(`${target.pop}/${target.server}`),
    );
    if (scaled?.kind !== 'server') continue;
    const message = `an event says ${action.verb} of server/${scaled.pop}/${scaled.server} as well`;
    context.findings.error('E0401', placeOf(scaled.pop, context), message, {
      hint: 'the autoscaler alone adds and removes its servers',
    });
    return;
  }
}

/** Of the POP's own key, or of that for all. */
function placeOf(pop: string, context: BuildContext) {
  const own = mapAt(context.root, ['network', 'pops', pop]);
  const hasOwn = own !== undefined && nodeAt(own, ['autoscale']) !== undefined;
  return keyAt(context, 'network', 'pops', hasOwn ? pop : '*', 'autoscale');
}
