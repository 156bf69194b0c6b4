import type { PolicySpec } from '../../sim/index.ts';
import { POLICIES } from '../catalogue.ts';
import { placeAt, type Path } from '../tree.ts';
import type { BuildContext } from './context.ts';

/** A Maglev table has a slot for each server at least. */
export function checkTableSize(
  { name, options }: PolicySpec,
  serverCount: number,
  path: Path,
  context: BuildContext,
): void {
  const decoded = POLICIES.entries.find((entry) => entry.name === name)!.options.parse(options);
  const { table_size: size = Infinity } = decoded as { readonly table_size?: number };
  if (size >= serverCount) return;
  const message = `a table of ${size} slots is too small for ${serverCount} servers`;
  const hint = 'table_size: a prime, 100 times the number of servers';
  context.findings.error('E0401', placeAt(context.root, path), message, { hint });
}
