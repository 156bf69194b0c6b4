import { SETTABLE, type SettablePath } from '../sim/index.ts';
import { valueAt, type BuildContext } from './build/context.ts';
import { notYet } from './not-yet.ts';
import { parseDuration } from './schema/duration.ts';
import { parseRate, parseShare, type Parsed } from './schema/numerals.ts';
import { nearestName } from './suggest.ts';
import { mapAt, type Path, type TreeNode } from './tree.ts';

/**
 * What `set:` may change while the clock runs, by the dotted path of the scenario. The simulation
 * declares the paths and the kind of each value; the timers of a prefix, `prefixes.NAME.bgp.mrai`,
 * reach it as `bgp.mrai`.
 */
const PARSERS: Readonly<Record<'rate' | 'duration' | 'share', (text: string) => Parsed>> = {
  rate: parseRate,
  duration: parseDuration,
  share: parseShare,
};

/** Values of a `set:` mapping in base units; null after saying what is wrong. */
export function decodeSettings(
  path: Path,
  context: BuildContext,
): Readonly<Record<string, unknown>> | null {
  const { root, findings, names } = context;
  const settings: Record<string, unknown> = {};
  const before = findings.errorCount;
  const entries = mapAt(root, path)?.entries ?? new Map<string, never>();
  if (entries.size === 0) {
    findings.error('E0410', valueAt(context, ...path), "'set' sets nothing");
  }
  for (const [key, { keyPlace, value }] of entries) {
    const own = settablePath(key, names.prefixes);
    const later = notYet([key.split('.')[0]!]);
    if (later !== null) {
      findings.error('E0303', keyPlace, `'${key}' is not yet supported`, { hint: later });
      continue;
    }
    if (own === null) {
      const known = Object.keys(SETTABLE).map((name) => writtenPath(name, names.prefixes));
      const near = nearestName(key, known);
      findings.error('E0313', keyPlace, `'${key}' cannot be set while the clock runs`, {
        hint: near === undefined ? undefined : `did you mean '${near}'?`,
        notes: [`settable: ${known.join(', ')}`],
      });
      continue;
    }
    const parsed = valueOf(own, value);
    if (parsed.ok) settings[own] = parsed.value;
    else {
      findings.error(parsed.code ?? 'E0206', value.place, parsed.message, { hint: parsed.hint });
    }
  }
  return findings.errorCount > before ? null : settings;
}

function settablePath(key: string, prefixes: readonly string[]): SettablePath | null {
  const match = /^prefixes\.([^.]+)\.(bgp\..+)$/.exec(key);
  const own = match !== null && prefixes.includes(match[1]!) ? match[2]! : key;
  return Object.hasOwn(SETTABLE, own) ? (own as SettablePath) : null;
}

/** `bgp.mrai` → `prefixes.www.bgp.mrai`. */
function writtenPath(own: string, [prefix]: readonly string[]): string {
  return own.startsWith('bgp.') ? `prefixes.${prefix ?? 'www'}.${own}` : own;
}

function valueOf(
  path: SettablePath,
  node: TreeNode,
): { ok: true; value: unknown } | Extract<Parsed, { ok: false }> {
  const written = node.kind === 'scalar' ? node.value : null;
  const kind = SETTABLE[path];
  if (kind !== 'boolean') return PARSERS[kind](String(written));
  if (written === true || written === 'on') return { ok: true, value: true };
  if (written === false || written === 'off') return { ok: true, value: false };
  return { ok: false, message: `expected on or off for '${path}'`, hint: '' };
}
