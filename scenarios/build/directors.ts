import type { DirectorTree, PopSpec } from '../../sim/index.ts';
import { decodeSection } from '../decode.ts';
import { nestedDirector, type BalancerLayers } from '../schema/balancer.ts';
import { nodeAt, type Path } from '../tree.ts';
import { keyAt, valueAt, type BuildContext } from './context.ts';

/** What is made of one director, whose members are not decoded yet. */
type Written = Omit<NonNullable<BalancerLayers['director']>, 'members'> & {
  readonly members: readonly unknown[];
  readonly weight?: number;
};

/** Layers that divide the servers among them. */
const LAYERS_OF_GROUPS = [
  'priorities',
  'zone_aware',
  'locality_weighted',
  'locality_failover',
] as const;

/** `director:` in place of a policy; the layers that divide servers cannot stand around it. */
export function directorTree(
  layers: BalancerLayers,
  pops: readonly PopSpec[],
  context: BuildContext,
): DirectorTree | undefined {
  const { director } = layers;
  if (director === undefined) return undefined;
  const path = ['balancer', 'director'];
  for (const key of LAYERS_OF_GROUPS) {
    if (layers[key] === undefined || layers[key] === false) continue;
    const message = `'director' chooses among all servers: it excludes '${key}'`;
    context.findings.error('E0401', keyAt(context, 'balancer', key), message);
  }
  return treeOf(director, path, pops, context);
}

function treeOf(
  { quorum, vnodes_per_node: vnodesPerNode, members, type, seed, weight }: Written,
  path: Path,
  pops: readonly PopSpec[],
  context: BuildContext,
): DirectorTree {
  const { root, findings } = context;
  const trees = members.flatMap((member, i): (string | DirectorTree)[] => {
    const at = [...path, 'members', i];
    if (typeof member === 'string') {
      checkPattern(member, at, pops, context);
      return [member];
    }
    if (nodeAt(root, at)?.kind !== 'map') {
      const hint = 'a pattern like gen3-*, or { type: fallback, members: [a, b] }';
      findings.error('E0203', valueAt(context, ...at), 'expected a member of a director', { hint });
      return [];
    }
    const nested = decodeSection(nestedDirector, root, at, findings).value;
    return nested === undefined ? [] : [treeOf(nested, at, pops, context)];
  });
  return {
    type,
    members: trees,
    ...(quorum === undefined ? {} : { quorum: quorum * 100 }),
    ...(vnodesPerNode === undefined ? {} : { vnodesPerNode }),
    ...(seed === undefined ? {} : { seed }),
    ...(weight === undefined ? {} : { weight }),
  };
}

/** Every POP must have servers for it. */
function checkPattern(
  pattern: string,
  path: Path,
  pops: readonly PopSpec[],
  context: BuildContext,
): void {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const form = new RegExp(`^${parts.join('.*')}$`);
  const lacking = pops.find(({ servers }) => !servers.some(({ name }) => form.test(name)));
  if (lacking === undefined) return;
  const place = valueAt(context, ...path);
  context.findings.error('E0306', place, `no server of ${lacking.name} is called '${pattern}'`);
}
