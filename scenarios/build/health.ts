import { outlierRule, probeTimes } from '../../balancer/index.ts';
import type { HealthSpec, ObserversSpec, PolicySpec } from '../../sim/index.ts';
import { ACTIVE_CHECKS, PASSIVE_CHECKS, type Catalogue } from '../catalogue.ts';
import { decodePart } from '../decode-part.ts';
import { decodeSection } from '../decode.ts';
import { decodeNamed } from '../named-options.ts';
import {
  fallRiseSettings,
  outlierSettings,
  probeSettings,
  type ProbeSettings,
} from '../schema/health.ts';
import type { OriginSettings } from '../schema/services.ts';
import { mapAt, nodeAt, type Path } from '../tree.ts';
import { keyAt, valueAt, type BuildContext } from './context.ts';

/** Health checks: those of POPs' servers, and those of an origin's. */

export interface HealthParts {
  readonly health: HealthSpec | null;
  readonly passive?: PolicySpec;
}

/** A trivial answer of a process that is up: no work to speak of, but a slot. */
const PROBE_WORK_NS = 1e6;

export function buildHealth(context: BuildContext): HealthParts {
  const health = context.sections.read(context.root, 'health');
  if (health === undefined || health === 'off') return { health: null };
  return checksAt(['health'], context);
}

/** Nobody watches an origin's servers unless told to. */
export function originObservers(
  name: string,
  { health, servers = 0, capacity }: OriginSettings[string],
  context: BuildContext,
): { readonly observers?: ObserversSpec } {
  if (health === undefined) return {};
  const path = ['origins', name, 'health'];
  if (servers === 0 && capacity === undefined) {
    const place = keyAt(context, ...path);
    context.findings.error('E0406', place, `origin '${name}' has no servers to be checked`, {
      hint: 'servers: 4',
    });
  }
  const checks = checksAt(path, context);
  if (checks.health?.rule?.name === 'swim') {
    const place = valueAt(context, ...path, 'active');
    context.findings.error('E0303', place, "'swim' at an origin is not yet supported", {
      hint: 'its servers are no members of a group with those of POPs',
    });
  }
  return { observers: { per: health.observers, ...checks } };
}

function checksAt(path: Path, context: BuildContext): HealthParts {
  const passive = passiveAt([...path, 'passive'], context);
  return {
    health: activeAt([...path, 'active'], context),
    ...(passive === undefined ? {} : { passive }),
  };
}

function activeAt(path: Path, context: BuildContext): HealthSpec | null {
  const { root, findings } = context;
  const node = nodeAt(root, path);
  if (node === undefined || isOff(root, path)) return null;
  if (!isByKind(path, ACTIVE_CHECKS, context)) return fallRiseAt(path, context);
  const besides = Object.keys(probeSettings.shape);
  const rule = decodeNamed(root, path, ACTIVE_CHECKS, 'kind', besides, findings);
  const probe = decodePart(probeSettings, root, path, besides, findings);
  if (rule === undefined || probe === undefined) return null;
  const { intervalNs, timeoutNs } = probeTimes(rule, probe);
  if (timeoutNs === null) {
    findings.error('E0209', node.place, `'timeout' is missing: ${rule.name} has no default`, {
      hint: 'timeout: 1s',
    });
    return null;
  }
  return {
    intervalNs,
    timeoutNs,
    fall: 1,
    rise: 1,
    jitterRatio: 0,
    rule,
    ...probeOf({ ...probe, cost: probe.cost ?? 'request' }),
  };
}

function fallRiseAt(path: Path, context: BuildContext): HealthSpec | null {
  const { root, findings } = context;
  const active = decodeSection(fallRiseSettings, root, path, findings).value;
  if (active === undefined) return null;
  if (active.timeout > active.interval) {
    findings.error(
      'E0401',
      valueAt(context, ...path),
      'a probe may not take longer than the interval: timeout > interval',
    );
  }
  return {
    intervalNs: active.interval,
    timeoutNs: active.timeout,
    fall: active.fall,
    rise: active.rise,
    jitterRatio: active.jitter,
    ...probeOf(active),
  };
}

function probeOf({ cost, service_time, first_probes }: ProbeSettings): Partial<HealthSpec> {
  const work = service_time ?? { law: 'constant' as const, value: PROBE_WORK_NS };
  return {
    ...(cost === 'request' ? { probeWork: work } : {}),
    ...(first_probes === undefined ? {} : { firstProbes: first_probes }),
  };
}

function passiveAt(path: Path, context: BuildContext): PolicySpec | undefined {
  const { root, findings } = context;
  if (nodeAt(root, path) === undefined || isOff(root, path)) return undefined;
  if (isByKind(path, PASSIVE_CHECKS, context)) {
    return decodeNamed(root, path, PASSIVE_CHECKS, 'kind', [], findings);
  }
  const settings = decodeSection(outlierSettings, root, path, findings).value;
  return settings === undefined ? undefined : outlierRule(settings);
}

function isOff(root: BuildContext['root'], path: Path): boolean {
  const node = nodeAt(root, path);
  return node?.kind === 'scalar' && (node.value === 'off' || node.value === false);
}

/** `fastly`, `{ kind: fastly }` or `{ fastly: { window: 8 } }`. */
function isByKind(path: Path, catalogue: Catalogue, { root }: BuildContext): boolean {
  const map = mapAt(root, path);
  if (map === undefined || map === null) return true;
  const names = ['kind', ...catalogue.entries.map(({ name }) => name)];
  return names.some((name) => map.entries.has(name));
}
