import { computed, effect, untracked } from '@preact/signals-core';
import { html, render, type TemplateResult } from 'lit-html';
import { joinSvgs } from '../../charts/join-svgs.ts';
import { standaloneSvg } from '../../charts/standalone-svg.ts';
import { emptyState } from '../../controls/notice.ts';
import { shorten } from '../../controls/table-twin.ts';
import type { Store } from '../../store.ts';
import type { Dashboard, MountedView, View } from '../../view.ts';
import { mountCompareMaps } from './compare-maps.ts';
import { compareTable } from './compare-table.ts';
import { mountDotCard } from './dot-card.ts';
import { headline } from './headline.ts';
import { mapModes } from './map-modes.ts';
import { mountShiftCard, shiftsOf } from './shift-card.ts';

/** Which strategy wins, and whether that is real. */
export const compareView: View = {
  id: 'compare',
  title: 'Compare',
  question: 'Which strategy wins, is it real?',
  isWide: true,
  mount: mountCompare,
  table: compareTable,
};

function mountCompare(container: HTMLElement, dashboard: Dashboard): MountedView {
  const { store } = dashboard;
  const hasPair = computed(
    () => store.versus.value !== null && store.versus.value !== store.strategy.value,
  );
  let svg = (): string => '';
  const stop = effect(() => {
    const slot = document.createElement('div');
    slot.className = 'view-slot compare-view';
    container.replaceChildren(slot);
    if (!hasPair.value) {
      const stopChoice = effect(() => void render(choosePartner(store), slot));
      return stopChoice;
    }
    return untracked(() => {
      const shown = mountPair(slot, dashboard);
      svg = shown.svg;
      return () => {
        svg = () => '';
        shown.unmount();
      };
    });
  });
  return { unmount: stop, svg: () => svg() };
}

function mountPair(slot: HTMLElement, dashboard: Dashboard): { svg(): string; unmount(): void } {
  const { store } = dashboard;
  const part = (className: string, parent: HTMLElement = slot): HTMLElement => {
    const element = document.createElement('div');
    element.className = className;
    parent.append(element);
    return element;
  };
  const head = part('compare-head');
  const stage = part('compare-maps');
  const cards = part('compare-cards');
  const stopHead = effect(() => void render(html`${headline(store)}${mapModes(store)}`, head));
  const stopLab = effect(() => {
    const isLab = store.recording.value?.index.world.has_geography === false;
    slot.classList.toggle('is-lab', isLab);
  });
  const maps = mountCompareMaps(stage, dashboard);
  const shifts = shiftsOf(store);
  const charts = [
    mountDotCard(part('compare-card', cards), dashboard),
    mountShiftCard(part('compare-card', cards), dashboard, shifts, 1),
    mountShiftCard(part('compare-card', cards), dashboard, shifts, 2),
  ];
  return {
    svg() {
      const drawings = [
        ...maps.pictures(),
        ...charts
          .filter(({ svg }) => isShown(svg))
          .map(({ svg }) => ({ element: svg, text: standaloneSvg(svg) })),
      ];
      const headings = slot.querySelectorAll(
        '.headline-text h2, .compare-name bdi, .legend-part, h3',
      );
      return joinSvgs(slot, drawings, [...headings].filter(isShown));
    },
    unmount() {
      stopHead();
      stopLab();
      maps.unmount();
      for (const chart of charts) chart.unmount();
    },
  };
}

const isShown = (element: Element): boolean => element.getClientRects().length > 0;

function choosePartner(store: Store): TemplateResult {
  const { strategies } = store.report.value;
  const others = strategies.filter((name) => name !== store.strategy.value);
  if (others.length === 0) {
    return emptyState(
      'One strategy, nothing to compare',
      html`Add a second one under <code>strategies:</code> and run the scenario again.`,
    );
  }
  const choice = html`<span class="choice-row">
    ${others.slice(0, 12).map(
      (name) =>
        html`<button class="choice" @click=${() => void (store.versus.value = name)}>
          <bdi>${shorten(name, 40)}</bdi>
        </button>`,
    )}
  </span>`;
  return emptyState(`Compare ${shorten(store.strategy.value, 40)} with`, choice);
}
