import { effect, signal } from '@preact/signals-core';
import { html, render, type TemplateResult } from 'lit-html';
import { pageSvg } from '../../charts/page-picture/index.ts';
import { emptyState } from '../../controls/notice.ts';
import type { Dashboard, MountedView, View } from '../../view.ts';
import { entitySection } from './entity-section.ts';
import { figureSection, windowSection } from './figure-sections.ts';
import { gateBanner } from './gate.ts';
import type { ReportSection } from './report-section.ts';
import { reportTable } from './report-table.ts';
import { limits, runFacts } from './run-facts.ts';
import { sectionTable } from './section-table.ts';
import { thresholdSection } from './threshold-section.ts';
import { rankingSection, verdictSection } from './verdict-section.ts';

/** May we ship: thresholds first, then everything that they rest on. */
export const reportView: View = {
  id: 'report',
  title: 'Report',
  question: 'May we ship?',
  isWide: true,
  mount: mountReport,
  table: reportTable,
};

function mountReport(container: HTMLElement, dashboard: Dashboard): MountedView {
  const slot = document.createElement('div');
  slot.className = 'view-slot report-view';
  container.append(slot);
  const isFull = signal(false);
  const stop = effect(() => {
    const content = reportPage(dashboard, isFull.value, () => {
      isFull.value = !isFull.peek();
    });
    render(content, slot);
  });
  return { unmount: stop, svg: () => pageSvg(slot) };
}

function reportPage(dashboard: Dashboard, isFull: boolean, toggle: () => void): TemplateResult {
  const { store } = dashboard;
  const report = store.report.value;
  const { summary } = report;
  const strategy = store.strategy.value;
  const own = summary.strategies[strategy];
  if (own === undefined) {
    return emptyState('Nothing to report', 'The strategy is not in the summary.');
  }
  const figures: ReportSection = {
    ...figureSection(summary, isFull),
    controls: html`<button
      class="copy-button"
      aria-pressed=${isFull ? 'true' : 'false'}
      @click=${toggle}
    >
      All metrics
    </button>`,
  };
  const sections = [
    thresholdSection(summary),
    verdictSection(summary),
    rankingSection(summary),
    figures,
    windowSection(strategy, own),
    entitySection(store),
  ];
  return html`<article class="report-page">
    ${gateBanner(summary)}
    ${sections.map((section) => (section === null ? '' : sectionTable(section, dashboard)))}
    ${runFacts(report)} ${limits(report)}
  </article>`;
}
