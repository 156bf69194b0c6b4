import type { LookedUpKey, LookupReport } from '../../scenarios/index.ts';
import type { Palette } from '../terminal/colour.ts';
import { escapeLine, shorten } from '../terminal/escape.ts';
import { formatTable, type Column } from '../terminal/table.ts';
import { sharesText } from './lookup-shares.ts';

/** Names and keys longer than this would push the figures off the screen. */
const NAME_LENGTH_MAX = 28;

/** What `lookup` prints: the keys named, then shares and moves. */
export function lookupText(report: LookupReport, palette: Palette): string {
  const { policy, options, changes, keys, moves } = report;
  const settings = Object.entries(options).map(([name, value]) => ` ${name}=${String(value)}`);
  const then = changes.map((change) =>
    change.verb === 'remove' ? `−${change.id}` : verbSign(change.verb, change.id, change.weight),
  );
  const parts = [`${policy}${settings.join('')}`, ...(then.length === 0 ? [] : [then.join(' ')])];
  const title = palette.strong(escapeLine(parts.join(' · then ')));
  const blocks = [
    ...(keys.length === 0 ? [] : [keysText(keys, changes.length > 0)]),
    ...(moves === null ? [] : [sharesText(moves, changes.length > 0, palette)]),
  ];
  return [title, ...blocks].join('\n\n');
}

function verbSign(verb: 'add' | 'weight', id: string, weight: number): string {
  if (verb === 'add') return weight === 1 ? `+${id}` : `+${id}=${weight}`;
  return `${id}=${weight}`;
}

function keysText(keys: readonly LookedUpKey[], hasChanges: boolean): string {
  const hasRetries = keys.some(({ attempts }) => attempts.length > 1);
  const columns: Column[] = [
    { heading: 'key' },
    { heading: hasChanges ? 'before' : 'backend' },
    ...(hasChanges ? [{ heading: 'after' }, { heading: '' }] : []),
    ...(hasRetries ? [{ heading: 'retries go to' }] : []),
  ];
  const rows = keys.map(({ key, before, after, attempts }) => [
    shown(key),
    shown(before ?? 'none'),
    ...(hasChanges ? [shown(after ?? 'none'), before === after ? '' : 'moves'] : []),
    ...(hasRetries ? [escapeLine(attempts.slice(1).join(' '))] : []),
  ]);
  return formatTable(columns, rows);
}

/** A name as it fits into a table. */
export function shown(name: string): string {
  return shorten(escapeLine(name), NAME_LENGTH_MAX);
}
