import type { EntityRef } from '../../sim/index.ts';
import type { EventSettings, Verb } from '../schema/events.ts';
import { keyAt, type BuildContext } from './context.ts';

type Kind = EntityRef['kind'];

/** In what ways things of each kind can be worse. A POP is its servers and its egress. */
const DEGRADABLE: Readonly<Partial<Record<Kind, readonly (keyof EventSettings)[]>>> = {
  pop: ['service_time', 'errors', 'probe_loss', 'loss', 'bandwidth'],
  server: ['service_time', 'errors', 'probe_loss'],
  link: ['latency', 'bandwidth', 'loss'],
  origin: ['service_time', 'errors'],
  region: ['loss'],
};

const WAYS = ['service_time', 'errors', 'probe_loss', 'latency', 'bandwidth', 'loss'] as const;

/** Refuses what is written of an event and would do nothing: to its targets, or at all. */
export function checkEffects(
  event: EventSettings,
  index: number,
  verb: Verb,
  targets: readonly EntityRef[],
  context: BuildContext,
): void {
  const kinds = new Set(targets.map(({ kind }) => kind));
  const refuse = (key: keyof EventSettings, kind: Kind, hint: string): void => {
    const place = keyAt(context, 'events', index, key);
    context.findings.error('E0410', place, `'${key}' does nothing to ${withArticle(kind)}`, {
      hint,
    });
  };
  for (const kind of kinds) {
    if (verb === 'fail' && kind === 'link' && event.mode !== undefined) {
      refuse('mode', kind, 'a link that fails carries nothing, and routing takes notice at once');
    }
    if (verb === 'drain' && kind !== 'pop' && event.withdraw !== undefined) {
      refuse('withdraw', kind, 'POPs are in BGP, servers are not');
    }
    const ways = DEGRADABLE[kind] ?? [];
    for (const key of verb === 'degrade' ? WAYS : []) {
      if (event[key] !== undefined && !ways.includes(key)) {
        refuse(key, kind, `${withArticle(kind)} is degraded by ${ways.join(', ')}`);
      }
    }
  }
  if (event.times === undefined) return;
  if (event.every !== undefined && event.batch === undefined) return;
  const place = keyAt(context, 'events', index, 'times');
  const message =
    event.batch === undefined ? "'times' needs 'every'" : "'batch' takes each target once";
  context.findings.error('E0410', place, message, { hint: 'times: 3, every: 30s' });
}

function withArticle(kind: Kind): string {
  return `${kind === 'origin' ? 'an' : 'a'} ${kind}`;
}
