import type { CacheSpec, CacheTierSpec, OriginSpec } from '../../sim/index.ts';
import { EVICTION, POLICIES } from '../catalogue.ts';
import { decodeNamed } from '../named-options.ts';
import type { CacheSettings, OriginSettings } from '../schema/services.ts';
import { nearestName } from '../suggest.ts';
import type { Path } from '../tree.ts';
import { keyAt, valueAt, type BuildContext } from './context.ts';
import { originObservers } from './health.ts';
import { limitOf } from './pops.ts';
import { checkTableSize } from './table-size.ts';
import { meanOf } from '../../sim/index.ts';

/** Caches and origins. */

const TIB = 2 ** 40;

export function buildCache(context: BuildContext): CacheSpec | null {
  const settings = context.sections.read(context.root, 'cache');
  if (settings === undefined || settings === 'off') return null;
  const { edge, shield } = settings;
  const direct = (['capacity', 'policy', 'hash', 'collapse_requests'] as const).filter(
    (key) => settings[key] !== undefined,
  );
  if (edge !== undefined && direct.length > 0) {
    context.findings.error(
      'E0401',
      keyAt(context, 'cache', direct[0]!),
      `'${direct[0]!}' is under cache and there is cache.edge: write it there`,
    );
  }
  for (const [i, pop] of (shield?.pops ?? []).entries())
    checkPop(pop, context, 'cache', 'shield', 'pops', i);
  const edgeTier =
    edge !== undefined
      ? tierOf(edge, ['cache', 'edge'], context)
      : shield === undefined || direct.length > 0
        ? tierOf(settings, ['cache'], context)
        : null;
  return {
    edge: edgeTier,
    shield:
      shield === undefined
        ? null
        : { ...tierOf(shield, ['cache', 'shield'], context), pops: shield.pops },
    staleIfErrorNs: settings.stale_if_error ?? 0,
    staleWhileRevalidateNs: settings.stale_while_revalidate ?? 0,
  };
}

type TierSettings = Pick<CacheSettings, 'capacity' | 'policy' | 'hash' | 'collapse_requests'>;

function tierOf(settings: TierSettings, path: Path, context: BuildContext): CacheTierSpec {
  const eviction = decodeNamed(
    context.root,
    [...path, 'policy'],
    EVICTION,
    'policy',
    [],
    context.findings,
  );
  return {
    capacityBytes: settings.capacity?.bytes ?? TIB,
    capacityObjects: settings.capacity?.objects ?? Infinity,
    eviction: eviction ?? { name: 'lru', options: {} },
    placement: settings.hash ?? 'server',
    collapseRequests: settings.collapse_requests ?? true,
  };
}

export function checkPop(pop: string, context: BuildContext, ...path: Path): void {
  const { names, findings } = context;
  if (names.pops.includes(pop)) return;
  const near = nearestName(pop, names.pops);
  findings.error('E0306', valueAt(context, ...path), `unknown pop '${pop}'`, {
    hint: near === undefined ? undefined : `did you mean '${near}'?`,
  });
}

export function buildOrigins(context: BuildContext): readonly OriginSpec[] {
  const settings = context.sections.read(context.root, 'origins');
  return Object.keys(settings ?? {})
    .sort()
    .map((name) => originOf(name, settings![name]!, context));
}

function originOf(
  name: string,
  settings: OriginSettings[string],
  context: BuildContext,
): OriginSpec {
  if (settings.near !== undefined) checkPop(settings.near, context, 'origins', name, 'near');
  else if (context.map.graph !== null && context.sections.isSound(context.root, 'origins')) {
    context.findings.error(
      'E0209',
      keyAt(context, 'origins', name),
      `origin '${name}' needs a place`,
      {
        hint: 'near: iad',
      },
    );
  }
  const policy = decodeNamed(
    context.root,
    ['origins', name, 'balancer'],
    POLICIES,
    'policy',
    [],
    context.findings,
  );
  const slots = slotsOf(name, settings, context);
  if (policy !== undefined) {
    checkTableSize(policy, slots.serverCount, ['origins', name, 'balancer'], context);
  }
  return {
    name,
    near: settings.near ?? null,
    latencyNs: settings.latency ?? 0,
    ...slots,
    queueLimit: limitOf(settings.queue),
    serviceTime: settings.service_time ?? { law: 'constant', value: 0 },
    timeoutNs: settings.timeout ?? 15e9,
    connectTimeoutNs: settings.connect_timeout ?? 1e9,
    retryMax: settings.retries ?? 0,
    connectionsMax: settings.connections ?? Infinity,
    policy: policy ?? { name: 'least-request', options: {} },
    ...originObservers(name, settings, context),
  };
}

/**
 * `capacity: 12k/s` is kept by slots, as a server has no other bound: a station of n slots and mean
 * service time S serves n / S, so n = capacity × S, rounded to whole slots on each server.
 */
function slotsOf(
  name: string,
  settings: OriginSettings[string],
  context: BuildContext,
): Pick<OriginSpec, 'serverCount' | 'concurrency'> {
  const { capacity, servers = capacity === undefined ? 0 : 1, concurrency } = settings;
  if (capacity === undefined) return { serverCount: servers, concurrency: concurrency ?? 1 };
  const path = ['origins', name, 'capacity'];
  const meanNs = settings.service_time === undefined ? 0 : meanOf(settings.service_time);
  if (concurrency !== undefined) {
    context.findings.error(
      'E0401',
      keyAt(context, ...path),
      "'capacity' and 'concurrency' both bound the origin",
    );
  } else if (!(meanNs > 0 && meanNs < Infinity) || servers === 0) {
    context.findings.error(
      'E0406',
      keyAt(context, ...path),
      "'capacity' needs servers and a service_time with a finite mean",
    );
  }
  const slots = (capacity * meanNs) / 1e9 / Math.max(1, servers);
  const each = Math.max(1, Math.round(slots));
  if (slots > 0 && Math.abs(each / slots - 1) > 0.05) {
    const real = Math.round((each * Math.max(1, servers) * 1e9) / meanNs);
    context.findings.warn(
      'W0108',
      valueAt(context, ...path),
      `in whole slots the origin serves ${real}/s: ${each} on each of ${servers} servers`,
    );
  }
  return { serverCount: servers, concurrency: each };
}
