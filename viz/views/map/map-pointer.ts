import { effect } from '@preact/signals-core';
import { sameSelection, type Selection } from '../../store.ts';
import type { Dashboard } from '../../view.ts';
import { ARROWS, neighbourInDirection } from './direction.ts';
import { createHitTest } from './hit-test.ts';
import { mapCard } from './map-card.ts';
import type { MapModel } from './map-model.ts';
import type { PopMark } from './pop-layer.ts';

/** A press that moves further is a drag of the map, pixels. */
const CLICK_SLACK = 4;

/** Hovering shows a card, a click selects, a double click opens the POP; so do keys. */
export function attachMapPointer(
  container: HTMLElement,
  svg: SVGSVGElement,
  dashboard: Dashboard,
  model: MapModel,
): () => void {
  const { recording, geometry, transform, marks } = model;
  const { store, tooltip } = dashboard;
  let hitTest = createHitTest(recording.peek().index.world, geometry.peek());
  const stopHits = effect(() => {
    hitTest = createHitTest(recording.value.index.world, geometry.value);
  });
  const under = (event: MouseEvent): Selection | null => {
    const box = container.getBoundingClientRect();
    const point = [event.clientX - box.left, event.clientY - box.top] as const;
    return hitTest(point, marks.peek(), transform.peek());
  };
  let pressed: readonly [x: number, y: number] = [0, 0];
  const listeners: Readonly<Record<string, (event: never) => void>> = {
    pointermove(event: PointerEvent) {
      const found = event.buttons > 0 ? null : under(event);
      container.classList.toggle('is-pointing', found !== null);
      if (!sameSelection(found, store.hovered.peek())) store.hovered.value = found;
      if (found === null) return tooltip.hide();
      tooltip.show(mapCard(found, model, store.time_s.peek()), {
        x: event.clientX,
        y: event.clientY,
      });
    },
    pointerleave() {
      store.hovered.value = null;
      tooltip.hide();
    },
    pointerdown(event: PointerEvent) {
      pressed = [event.clientX, event.clientY];
      tooltip.hide();
    },
    click(event: MouseEvent) {
      const isDrag =
        Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) > CLICK_SLACK;
      if (!isDrag) store.selection.value = under(event);
    },
    dblclick(event: MouseEvent) {
      drillIn(dashboard, under(event));
    },
  };
  for (const [name, listener] of Object.entries(listeners)) {
    container.addEventListener(name, listener as EventListener);
  }
  const onKeyDown = (event: KeyboardEvent): void => moveFocus(event, svg, dashboard, marks.peek());
  svg.addEventListener('keydown', onKeyDown);
  const stopTabbing = effect(() => keepOneTabStop(svg, marks.value, store.selection.value));
  return () => {
    stopHits();
    stopTabbing();
    tooltip.hide();
    for (const [name, listener] of Object.entries(listeners)) {
      container.removeEventListener(name, listener as EventListener);
    }
    svg.removeEventListener('keydown', onKeyDown);
  };
}

/** Into the POP, by its view where there is one. */
function drillIn({ store }: Dashboard, found: Selection | null): void {
  if (found?.kind !== 'pop') return;
  store.selection.value = found;
  store.view.value = 'pop';
}

/** Arrows move between POPs by direction; Enter and Space select the focused one. */
function moveFocus(
  event: KeyboardEvent,
  svg: SVGSVGElement,
  dashboard: Dashboard,
  marks: readonly PopMark[],
): void {
  const focused = (event.target as Element).closest<SVGGElement>('g.pop');
  const mark = marks.find(({ pop }) => pop.name === nameOf(focused));
  if (focused === null || mark === undefined) return;
  const direction = event.shiftKey ? undefined : ARROWS[event.key];
  if (direction !== undefined) {
    const next = neighbourInDirection(marks, mark, direction);
    if (next !== null) focusPop(svg, next.pop.name);
  } else if (event.key === 'Enter' || event.key === ' ') {
    dashboard.store.selection.value = { kind: 'pop', name: mark.pop.name };
  } else return;
  event.preventDefault();
}

interface WithDatum {
  readonly __data__?: PopMark;
}
/** d3 keeps a mark's datum on its element. */
const nameOf = (element: Element | null): string | undefined =>
  (element as (Element & WithDatum) | null)?.__data__?.pop.name;

const popElements = (svg: SVGSVGElement): SVGGElement[] => [
  ...svg.querySelectorAll<SVGGElement>('g.pop'),
];

function focusPop(svg: SVGSVGElement, name: string): void {
  for (const element of popElements(svg)) {
    const isWanted = nameOf(element) === name;
    element.setAttribute('tabindex', isWanted ? '0' : '-1');
    if (isWanted) element.focus();
  }
}

/** The selected POP, else the first, is where Tab enters the map. */
function keepOneTabStop(
  svg: SVGSVGElement,
  marks: readonly PopMark[],
  selection: Selection | null,
): void {
  if (popElements(svg).some((element) => element === document.activeElement)) return;
  const wanted = marks.find(({ pop }) => selection?.kind === 'pop' && pop.name === selection.name);
  const name = (wanted ?? marks[0])?.pop.name;
  for (const element of popElements(svg)) {
    element.setAttribute('tabindex', nameOf(element) === name ? '0' : '-1');
  }
}
