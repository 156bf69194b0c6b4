import type { ClassSpec, DistributionSpec, ObjectsSpec } from '../../sim/index.ts';
import { nearestName } from '../suggest.ts';
import type { ClassSettings, TrafficSettings } from '../schema/traffic.ts';
import { valueAt, type BuildContext } from './context.ts';
import { percent } from './traffic.ts';

const NOTHING: DistributionSpec = { law: 'constant', value: 0 };

/** One hour: a usual lifetime of static content, as RFC 9111 gives none. */
const TTL_NS = 3600e9;

/** Kinds of requests; a scenario that names none has one called `default`. */
export function buildClasses(context: BuildContext): readonly ClassSpec[] {
  const traffic = context.sections.read(context.root, 'traffic');
  if (traffic === undefined) return [];
  const written: Readonly<Record<string, ClassSettings>> = traffic.classes ?? { default: {} };
  // By name: the order of keys in a file means nothing, that of classes decides who gets a draw.
  const names = Object.keys(written).sort();
  if (names.length === 0) {
    context.findings.error('E0406', valueAt(context, 'traffic', 'classes'), 'there is no class');
  }
  if (names.length > 255) {
    context.findings.error(
      'E0407',
      valueAt(context, 'traffic', 'classes'),
      'more than 255 classes',
    );
  }
  const shares = sharesOf(written, context);
  const inherited = inheritedOf(traffic, context);
  return names.map((name) =>
    classOf(name, written[name]!, shares.get(name)!, traffic, inherited, context),
  );
}

interface Inherited {
  readonly objects: number | undefined;
  readonly popularity: ObjectsSpec['popularity'];
  readonly ttlNs: number;
}

/** What classes have that do not say: from `traffic`, else `cache`, else `traffic.keys`. */
function inheritedOf(traffic: TrafficSettings, context: BuildContext): Inherited {
  const section = context.sections.read(context.root, 'cache');
  const cache = section === undefined || section === 'off' ? {} : section;
  for (const key of ['objects', 'popularity', 'ttl'] as const) {
    if (traffic[key] !== undefined && cache[key] !== undefined) {
      context.findings.error(
        'E0401',
        valueAt(context, 'cache', key),
        `'${key}' is under traffic and under cache: keep one`,
      );
    }
  }
  return {
    objects: traffic.objects ?? cache.objects ?? traffic.keys?.count,
    popularity: traffic.popularity ??
      cache.popularity ??
      traffic.keys?.popularity ?? { law: 'zipf', alpha: 0.9 },
    ttlNs: traffic.ttl ?? cache.ttl ?? TTL_NS,
  };
}

function classOf(
  name: string,
  settings: ClassSettings,
  share: number,
  traffic: TrafficSettings,
  inherited: Inherited,
  context: BuildContext,
): ClassSpec {
  const count = settings.objects ?? inherited.objects;
  const cacheable = settings.cacheable ?? true;
  if (!cacheable && settings.pass !== undefined) {
    context.findings.error(
      'E0401',
      valueAt(context, 'traffic', 'classes', name, 'pass'),
      "'cacheable: off' already passes everything",
    );
  }
  const { origin } = settings;
  if (origin !== undefined && !context.names.origins.includes(origin)) {
    const near = nearestName(origin, context.names.origins);
    context.findings.error(
      'E0306',
      valueAt(context, 'traffic', 'classes', name, 'origin'),
      `unknown origin '${origin}'`,
      { hint: near === undefined ? undefined : `did you mean '${near}'?` },
    );
  }
  return {
    name,
    share,
    serviceTime: settings.service_time ?? traffic.service_time ?? NOTHING,
    sizeBytes: settings.size ?? traffic.size ?? NOTHING,
    objects:
      count === undefined
        ? null
        : { count, popularity: settings.popularity ?? inherited.popularity },
    passRatio: cacheable ? (settings.pass ?? 0) : 1,
    ttlNs: settings.ttl ?? inherited.ttlNs,
    ...(origin === undefined ? {} : { origin }),
  };
}

/** Shares given must not exceed 100 %; classes without one divide the rest evenly. */
function sharesOf(
  written: Readonly<Record<string, ClassSettings>>,
  context: BuildContext,
): ReadonlyMap<string, number> {
  const entries = Object.entries(written);
  const given = entries.reduce((sum, [, { share }]) => sum + (share ?? 0), 0);
  const silent = entries.filter(([, { share }]) => share === undefined).length;
  const left = 1 - given;
  const exact = silent === 0 ? Math.abs(left) <= 1e-9 : left > 0;
  if (!exact && entries.length > 0 && context.sections.isSound(context.root, 'traffic')) {
    const rest = silent > 0 ? ', which leaves nothing' : ', not 100%';
    context.findings.error(
      'E0409',
      valueAt(context, 'traffic', 'classes'),
      `the shares of the classes sum to ${percent(given)}${rest}`,
    );
  }
  return new Map(entries.map(([name, { share }]) => [name, share ?? left / silent]));
}
