import type { PanelLine, TimePanel } from '../../charts/time-panel.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { SeriesPlayer } from '../../data/series-player.ts';
import { formatLatency, formatPercent, formatRate } from '../../formats.ts';
import { parseSelection, selectionPath, type Selection, type Store } from '../../store.ts';

/** More would be a second page; the rest is in the side panel. */
const ENTITIES_MAX = 6;

/**
 * Panels of what is pinned, then of what is selected, from the recordings (one replication). Reads
 * the signals that these depend on.
 */
export function entityPanels(store: Store): readonly TimePanel[] {
  const paths = new Set(store.pinned.value);
  if (store.selection.value !== null) paths.add(selectionPath(store.selection.value));
  const players = ([1, 2] as const).flatMap((series) => {
    const player = (series === 1 ? store.recording : store.versusRecording).value;
    return player ? [{ player, series }] : [];
  });
  for (const { player } of players) void player.loaded.value;
  return [...paths].slice(0, ENTITIES_MAX).flatMap((path) => {
    const entity = parseSelection(path);
    const kinds = entity === null ? [] : (PANELS[entity.kind] ?? []);
    return kinds.map(({ title, format, scale, lines }) => ({
      title: `${entity!.name.slice(0, 18)} ${title}`,
      note: players.length === 0 ? 'not recorded' : 'one run',
      format,
      scale,
      layers: [],
      lines: players.flatMap(({ player, series }) =>
        lines(player, entity!.name).map((line) => ({ ...line, series, start_s: 0, band: null })),
      ),
    }));
  });
}

type EntityLine = Pick<PanelLine, 'name' | 'stroke' | 'values' | 'bucket_s'>;
interface EntityPanel extends Pick<TimePanel, 'title' | 'format' | 'scale'> {
  lines(player: RecordingPlayer, name: string): readonly EntityLine[];
}

const requests = (kind: 'pops' | 'servers'): EntityPanel => ({
  title: 'requests',
  format: formatRate,
  scale: 'zero',
  lines: (player, name) =>
    line(player[kind], 'requests', indexOf(player, kind, name), 'sent', 'strong', 'rate'),
});
const utilisation = (kind: 'pops' | 'servers'): EntityPanel => ({
  title: 'utilisation',
  format: formatPercent,
  scale: 'share',
  lines: (player, name) =>
    line(player[kind], 'utilisation', indexOf(player, kind, name), 'busy', 'strong'),
});

const PANELS: Readonly<Partial<Record<Selection['kind'], readonly EntityPanel[]>>> = {
  pop: [
    {
      ...requests('pops'),
      lines: (player, name) => {
        const pop = indexOf(player, 'pops', name);
        return [
          ...line(player.pops, 'requests', pop, 'sent', 'strong', 'rate'),
          ...line(player.pops, 'failed', pop, 'failed', 'dashed', 'rate'),
        ];
      },
    },
    utilisation('pops'),
  ],
  server: [requests('servers'), utilisation('servers')],
  link: [
    {
      title: 'utilisation',
      format: formatPercent,
      scale: 'share',
      lines: (player, name) => {
        const link = indexOf(player, 'links', name);
        if (link < 0) return [];
        return [
          ...line(player.links, 'utilisation', 2 * link, 'there', 'strong'),
          ...line(player.links, 'utilisation', 2 * link + 1, 'back', 'dashed'),
        ];
      },
    },
  ],
  region: [
    {
      title: 'latency',
      format: formatLatency,
      scale: 'zero',
      lines: (player, name) =>
        line(player.regions, 'latency_p95_s', indexOf(player, 'regions', name), 'p95', 'strong'),
    },
  ],
};

/** -1 where the recording does not know the name. */
function indexOf(
  { index: { world } }: RecordingPlayer,
  kind: 'pops' | 'servers' | 'links' | 'regions',
  name: string,
): number {
  if (kind !== 'servers') return world[kind].findIndex((one) => one.name === name);
  return world.servers.findIndex(
    ({ name: own, pop }) => `${world.pops[pop]?.name}/${own}` === name,
  );
}

function line<Column extends string>(
  series: SeriesPlayer<Column> | null,
  column: Column,
  entity: number,
  name: string,
  stroke: PanelLine['stroke'],
  unit: 'rate' | 'value' = 'value',
): readonly EntityLine[] {
  if (series === null || entity < 0) return [];
  series.prefetchAll();
  const { bucket_s, values } = series.over(column, entity);
  const width_s = unit === 'rate' ? bucket_s : 1;
  const shown = values.map((value) => (Number.isNaN(value) ? null : value / width_s));
  return [{ name, stroke, bucket_s, values: shown }];
}
