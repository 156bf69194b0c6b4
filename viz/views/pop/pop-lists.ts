import { html, nothing, type TemplateResult } from 'lit-html';
import { shorten } from '../../controls/table-twin.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import { takeovers } from '../../data/takeovers.ts';
import { formatLatency, formatPercent } from '../../formats.ts';
import type { Selection, Store } from '../../store.ts';
import {
  CATCHMENT_COLOURS,
  UNREACHABLE_COLOUR,
  utilisationColour,
  utilisationLetter,
} from '../../theme.ts';
import { arrivingRegions } from './arriving-regions.ts';

/** Rows shown of each list; the table has all. */
const ROWS_MAX = 12;
/** How much earlier than the trouble users are looked for, seconds. */
const BEFORE_S = 1;
const BAR = 64;

interface ListRow {
  readonly text: string;
  readonly note: string;
  readonly to: Selection | null;
  /** Length of its bar, 0 … 1. */
  readonly share: number;
  readonly colour: string;
  readonly figures: readonly string[];
}

/** What surrounds a POP at this instant: users that arrive or have left, its links. */
export function popLists(player: RecordingPlayer, pop: number, store: Store): TemplateResult {
  const time_s = store.calmTime_s.value;
  return html`${departed(player, pop, time_s, store)}${arriving(player, pop, time_s, store)}
  ${ownLinks(player, pop, time_s, store)}`;
}

function arriving(
  player: RecordingPlayer,
  pop: number,
  time_s: number,
  store: Store,
): TemplateResult | typeof nothing {
  const regions = arrivingRegions(player, pop, time_s);
  if (regions === null) return nothing;
  const { pops } = player.index.world;
  const taken = regions.reduce((sum, one) => sum + (one.takenFrom === null ? 0 : one.share), 0);
  const heading = taken > 0 ? `${formatPercent(taken)} taken over` : `${regions.length}`;
  const rows = regions.map((one): ListRow => {
    const from = one.takenFrom === null ? null : (pops[one.takenFrom]?.name ?? 'nowhere');
    return {
      text: one.region.label,
      note: from === null ? '' : `from ${from}`,
      to: { kind: 'region', name: one.region.name },
      share: one.share / regions[0]!.share,
      colour: CATCHMENT_COLOURS[(pops[one.takenFrom ?? pop] ?? pops[pop]!).colour % 7]!,
      figures: [formatPercent(one.share), formatLatency(one.latencyP95_s)],
    };
  });
  const nobody = 'No region is sent here now.';
  return list('Arriving regions', heading, ['users', 'p95'], rows, nobody, store);
}

function departed(
  player: RecordingPlayer,
  pop: number,
  time_s: number,
  store: Store,
): TemplateResult | typeof nothing {
  const { state, since_s } = player.states.at('pop', pop, time_s);
  if (state === 'up' || since_s === null) return nothing;
  const { pops } = player.index.world;
  const rows = takeovers(player, pop, Math.max(since_s - BEFORE_S, 0), time_s).map(
    (one): ListRow => {
      const to = pops[one.pop];
      return {
        text: one.pop === pop ? 'still sent here' : (to?.name ?? 'no route'),
        note: one.pop === pop ? '' : (to?.label ?? ''),
        to: to === undefined || one.pop === pop ? null : { kind: 'pop', name: to.name },
        share: one.share,
        colour: to === undefined ? UNREACHABLE_COLOUR : CATCHMENT_COLOURS[to.colour % 7]!,
        figures: [formatPercent(one.share)],
      };
    },
  );
  return rows.length === 0 ? nothing : list('Where its users are', '', ['users'], rows, '', store);
}

function ownLinks(
  player: RecordingPlayer,
  pop: number,
  time_s: number,
  store: Store,
): TemplateResult | typeof nothing {
  const { links, pops } = player.index.world;
  const rows = links.flatMap((link, index): ListRow[] => {
    if (link.a !== pop && link.b !== pop) return [];
    const out = link.a === pop ? 0 : 1;
    const load = (direction: number): number =>
      player.links?.value('utilisation', 2 * index + direction, time_s) ?? Number.NaN;
    const isDown = player.states.at('link', index, time_s).state === 'down';
    const busier = Math.max(load(0) || 0, load(1) || 0);
    const figure = (value: number): string => `${formatPercent(value)} ${utilisationLetter(value)}`;
    return [
      {
        text: pops[out === 0 ? link.b : link.a]?.name ?? '?',
        note: formatLatency(link.rtt_s),
        to: { kind: 'link', name: link.name },
        share: isDown ? 0 : busier,
        colour: utilisationColour(busier),
        figures: isDown ? ['✕ down', ''] : [figure(load(out)), figure(load(1 - out))],
      },
    ];
  });
  return rows.length === 0
    ? nothing
    : list('Links', `${rows.length}`, ['out', 'in'], rows, '', store);
}

function list(
  title: string,
  note: string,
  columns: readonly string[],
  rows: readonly ListRow[],
  nobody: string,
  store: Store,
): TemplateResult {
  return html`<section class="inside-list">
    <div class="inside-row inside-head columns-${columns.length}">
      <h3>${title} <span class="quiet">${note}</span></h3>
      <span></span>
      ${columns.map((column) => html`<span class="quiet figure">${column}</span>`)}
    </div>
    <ul>
      ${rows.slice(0, ROWS_MAX).map((row) => listRow(row, columns.length, store))}
    </ul>
    ${rows.length === 0 ? html`<p class="quiet">${nobody}</p>` : nothing}
    ${
      rows.length > ROWS_MAX
        ? html`<p class="quiet small-print">and ${rows.length - ROWS_MAX} more</p>`
        : nothing
    }
  </section>`;
}

function listRow(row: ListRow, columns: number, store: Store): TemplateResult {
  const { text, note, to, share, colour, figures } = row;
  const goThere = (): void => {
    // A POP is looked into; what else there is has its place on the map.
    store.selection.value = to;
    if (to?.kind !== 'pop')
      store.view.value =
        store.recording.peek()?.index.world.has_geography === true ? 'map' : 'schematic';
  };
  const name = html`<bdi>${shorten(text, 44)}</bdi>`;
  return html`<li class="inside-row columns-${columns}">
    <span class="inside-name">
      ${to === null ? name : html`<button class="link-button" @click=${goThere}>${name}</button>`}
      ${note === '' ? nothing : html`<span class="quiet"><bdi>${shorten(note, 24)}</bdi></span>`}
    </span>
    <svg class="share-bar" width=${BAR} height="8" aria-hidden="true">
      <rect class="tile-rail" width=${BAR} height="8" rx="3"></rect>
      <rect width=${BAR * Math.min(share, 1)} height="8" rx="3" fill=${colour}></rect>
    </svg>
    ${figures.map((figure) => html`<span class="figure">${figure}</span>`)}
  </li>`;
}
