import type { EntityRef, EventSpec, WorldSpec } from '../../sim/index.ts';

/** Bidirectional forwarding detection (RFC 5880): three missed packets at 300 ms. */
const BFD_DETECTION_S = 0.9;

/** One line an event, in time order: when, its name or verb, to what, until when. */
export function timelineLines(world: WorldSpec): string[] {
  return [...world.events]
    .sort((a, b) => a.atNs - b.atNs)
    .map((event) => {
      const until = Number.isFinite(event.untilNs) ? ` until ${clock(event.untilNs)}` : '';
      const name = event.name === null ? '' : `${event.name}: `;
      return `${clock(event.atNs)}  ${name}${event.action.verb} ${targetsText(event)}${until}`;
    });
}

/**
 * How soon routers notice a POP that loses power, per strategy: by hold timer or BFD. Strategies
 * that notice alike share a line.
 */
export function detectionLines(worlds: readonly WorldSpec[]): string[] {
  const lines = new Map<string, string[]>();
  for (const world of worlds) {
    for (const event of world.events.filter(losesPower)) {
      const line = `${event.name ?? targetsText(event)}: ${detectionText(world, event)}`;
      lines.set(line, [...(lines.get(line) ?? []), world.strategy]);
    }
  }
  const all = worlds.length;
  return [...lines].map(([line, strategies]) =>
    strategies.length === all ? line : `${line}   (${strategies.join(', ')})`,
  );
}

function losesPower(event: EventSpec): boolean {
  const { action } = event;
  return (
    action.verb === 'fail' &&
    action.mode === 'power' &&
    event.targets.some((target) => target.kind === 'pop')
  );
}

/** The timer restarts with each keepalive, sent every third of the hold time (RFC 4271 §4.4). */
function detectionText({ routing: { bgp, convergence } }: WorldSpec, event: EventSpec): string {
  if (convergence === 'instant') return 'everybody knows at once (convergence: instant)';
  const holdS = bgp.holdTimerNs / 1e9;
  if (bgp.bfd) return `BFD → withdrawn ${clock(event.atNs + BFD_DETECTION_S * 1e9)}`;
  const from = clock(event.atNs + (bgp.holdTimerNs * 2) / 3);
  const to = clock(event.atNs + bgp.holdTimerNs);
  return `BGP hold timer ${holdS} s (bfd off) → withdrawn ${from}..${to}`;
}

/** `pop/fra`, `server/fra/gen2-3`, `link/fra-ams`, or the first three and how many more. */
function targetsText(event: EventSpec): string {
  const names = event.targets.map(entityName);
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

function entityName(ref: EntityRef): string {
  switch (ref.kind) {
    case 'pop':
      return `pop/${ref.pop}`;
    case 'server':
      return `server/${ref.pop}/${ref.server}`;
    case 'link':
      return `link/${ref.link}`;
    case 'origin':
      return `origin/${ref.origin}`;
    case 'prefix':
      return `prefix/${ref.prefix}`;
    case 'region':
      return `region/${ref.region}`;
    case 'class':
      return `class/${ref.class}`;
    case 'world':
      return 'the world';
  }
}

/** `0:05:00`, with a decimal where it is not a whole second; negative before the story. */
export function clock(timeNs: number): string {
  const tenths = Math.round(Math.abs(timeNs) / 1e8);
  const seconds = Math.floor(tenths / 10);
  const two = (part: number): string => String(part).padStart(2, '0');
  const decimal = tenths % 10 === 0 ? '' : `.${tenths % 10}`;
  const sign = timeNs < 0 ? '−' : '';
  const minutes = Math.floor(seconds / 60) % 60;
  return `${sign}${Math.floor(seconds / 3600)}:${two(minutes)}:${two(seconds % 60)}${decimal}`;
}
