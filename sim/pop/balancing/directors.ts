import type { DirectorNode, DirectorSpec } from '../../../balancer/index.ts';
import type { DirectorTree, PopSpec } from '../../world.ts';

/** A tree of directors over the servers of one POP; their weights are those of the scenario. */
export function directorOf(tree: DirectorTree, pop: PopSpec): DirectorSpec & { weight?: number } {
  const { members, ...rest } = tree;
  const nodes = members.flatMap((member): DirectorNode[] =>
    typeof member === 'string' ? serversLike(member, pop) : [directorOf(member, pop)],
  );
  return { ...rest, members: nodes };
}

/** `*` stands for any characters. */
function serversLike(pattern: string, { name: pop, servers }: PopSpec): DirectorNode[] {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const form = new RegExp(`^${parts.join('.*')}$`);
  return servers
    .filter(({ name }) => form.test(name))
    .map(({ name, weight }) => ({ backend: `${pop}/${name}`, weight }));
}
