import { effect } from '@preact/signals-core';
import { render } from 'lit-html';
import { perform } from './actions.ts';
import { createClock } from './clock.ts';
import { createExportMenu } from './controls/export-menu.ts';
import { createKeyList } from './controls/key-list.ts';
import { createPalette } from './controls/palette.ts';
import { createTooltip } from './controls/tooltip.ts';
import { pageSource } from './data/data-source.ts';
import { followRun } from './data/follow-run.ts';
import { followComparisons } from './data/load-comparisons.ts';
import { followRecordings } from './data/load-recordings.ts';
import { loadReport } from './data/load-report.ts';
import type { Report } from './data/report.ts';
import { openDefaultView } from './default-view.ts';
import { failurePage } from './failure-page.ts';
import { loadFont } from './font.ts';
import { createFrame, type Frame } from './frame.ts';
import { listenToKeys } from './key-bindings.ts';
import type { KeyAction } from './keys.ts';
import { banner, footer } from './panels/footer.ts';
import { mountCaptions } from './panels/captions.ts';
import { mountSidePanel } from './panels/side-panel.ts';
import { mountStrip } from './panels/strip.ts';
import { mountTimelineBar } from './panels/timeline-bar.ts';
import { topBar } from './panels/top-bar.ts';
import { createStore } from './store.ts';
import { bindTheme } from './theme-binding.ts';
import { bindUrl } from './url-binding.ts';
import type { Dashboard } from './view.ts';
import { views } from './views/index.ts';
import { createViewHost } from './view-host.ts';

/**
 * The page: one store of signals, one clock, and parts that draw what the store says.
 *
 *   data/      where the data comes from, and values at a time: `RecordingPlayer`, `SeriesPlayer`
 *   store.ts   what is shown (signals); url-state.ts: the same as text after `#`
 *   view.ts    what a view is; views/: one folder a view, listed in views/index.ts
 *   panels/    what surrounds every view: top bar, side panel, strip, time, footer
 *   charts/    drawings that several views use
 *   controls/  palette, keys, export, tables, tooltip
 *   theme.ts   colours that mean something; styles/: what only looks
 *
 * A view gets an empty element and the `Dashboard`. It draws in effects, so that it is redrawn when
 * a signal changes that it has read, and disposes of them in `unmount`. It never computes
 * statistics: means, intervals and verdicts stand in the report. Nothing here may set a `style` or
 * `on…` attribute or make markup of a name: the policy of the page forbids the first two, and names
 * come from files. (`element.style.x = …`, lit's `@click` and text nodes are allowed.)
 */
export async function startDashboard(root: HTMLElement): Promise<void> {
  const source = pageSource();
  let report: Report;
  try {
    report = await loadReport(source);
  } catch (error) {
    failurePage(root, error);
    return;
  }
  document.title = `${report.summary.scenario.name.slice(0, 80)} · Anycastle`;
  const frame = createFrame(root);
  const store = createStore(report);
  bindTheme(store);
  const dashboard: Dashboard = {
    store,
    source,
    clock: createClock(store),
    tooltip: createTooltip(root),
    announce: frame.announce,
  };
  const recordings = followRecordings(store, source);
  const comparisons = followComparisons(store, source);
  followRun(store, source, () => {
    recordings.reload();
    comparisons.reload();
  });
  openDefaultView(store);
  bindUrl(store);
  await loadFont();
  mountParts(frame, dashboard);
}

function mountParts(frame: Frame, dashboard: Dashboard): void {
  const host = createViewHost(frame.main, dashboard, views);
  const captions = mountCaptions(frame.captions, dashboard);
  const act = (action: KeyAction): boolean =>
    host.act(action) ||
    (action === 'dismiss' && captions.dismiss()) ||
    perform(action, dashboard, views, dialogs);
  const click = (action: KeyAction): void => void act(action);
  const dialogs = {
    openKeys: createKeyList(frame.root, views),
    openPalette: createPalette(frame.root, dashboard, views, click),
    openExport: createExportMenu(frame.root, dashboard, host.shown),
  };
  effect(() => void render(topBar(dashboard, views, click), frame.top));
  effect(() => void render(footer(dashboard), frame.footer));
  effect(() => void render(banner(dashboard), frame.banner));
  effect(() => {
    frame.root.classList.toggle('is-wide', host.view.value.isWide === true);
  });
  mountSidePanel(frame.side, dashboard);
  mountStrip(frame.strip, dashboard);
  mountTimelineBar(frame.time, dashboard, click);
  listenToKeys(act);
}
