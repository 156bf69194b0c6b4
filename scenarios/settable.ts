import { POLICIES } from './catalogue.ts';
import { valueAt, type BuildContext } from './build/context.ts';
import { decodeNamed } from './named-options.ts';
import { parseDuration } from './schema/duration.ts';
import { parseCount, parseRate, parseShare, type Parsed } from './schema/numerals.ts';
import { nearestName } from './suggest.ts';
import { mapAt, type Path, type TreeNode } from './tree.ts';

/**
 * What `set:` may change while the clock runs, by dotted path, and in which base unit it reaches the
 * simulation: durations as ns, shares as ratios, rates per second, policies as PolicySpec.
 */
const SETTABLE: Readonly<Record<string, (text: string) => Parsed>> = {
  'traffic.rate': parseRate,
  'dns.ttl': parseDuration,
  'dns.clients_ignoring_ttl': parseShare,
  'cache.stale_if_error': parseDuration,
  'cache.stale_while_revalidate': parseDuration,
  'health.active.interval': parseDuration,
  'health.active.timeout': parseDuration,
  'health.active.fall': parseCount,
  'health.active.rise': parseCount,
};

export const SETTABLE_PATHS: readonly string[] = [...Object.keys(SETTABLE), 'balancer.policy'];

/** Values of a `set:` mapping in base units; null after saying what is wrong. */
export function decodeSettings(
  path: Path,
  context: BuildContext,
): Readonly<Record<string, unknown>> | null {
  const { root, findings } = context;
  const settings: Record<string, unknown> = {};
  const before = findings.errorCount;
  for (const [key, { keyPlace, value }] of mapAt(root, path)?.entries ?? []) {
    if (key === 'balancer.policy') {
      settings[key] = decodeNamed(root, [...path, key], POLICIES, 'policy', [], findings);
      continue;
    }
    const parse = Object.hasOwn(SETTABLE, key) ? SETTABLE[key] : undefined;
    if (parse === undefined) {
      const near = nearestName(key, SETTABLE_PATHS);
      findings.error('E0313', keyPlace, `'${key}' cannot be set while the clock runs`, {
        hint: near === undefined ? undefined : `did you mean '${near}'?`,
        notes: [`settable: ${SETTABLE_PATHS.join(', ')}`],
      });
      continue;
    }
    const parsed = parse(textOf(value));
    if (parsed.ok) settings[key] = parsed.value;
    else {
      findings.error(parsed.code ?? 'E0206', valueAt(context, ...path, key), parsed.message, {
        hint: parsed.hint,
      });
    }
  }
  return findings.errorCount > before ? null : settings;
}

function textOf(node: TreeNode): string {
  return node.kind === 'scalar' ? String(node.value) : '(not a scalar)';
}
