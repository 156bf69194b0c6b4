import { html, type TemplateResult } from 'lit-html';
import { shorten } from '../../controls/table-twin.ts';
import { sameSelection, type Selection, type Store } from '../../store.ts';
import type { Dashboard } from '../../view.ts';
import { ARROWS, neighbourInDirection } from '../map/direction.ts';
import type { SchematicCamera } from './schematic-camera.ts';
import type { SchematicEdge, SchematicNode, SchematicPicture } from './schematic-node.ts';

/** How near a line the pointer has to be, pixels. */
const REACH = 7;
/** A press that moves further is a drag, pixels. */
const CLICK_SLACK = 4;

/** Hovering says what it is, a click selects, a double click or Enter goes inside. */
export function attachSchematicPointer(
  svg: SVGSVGElement,
  dashboard: Dashboard,
  picture: () => SchematicPicture,
  camera: SchematicCamera,
): () => void {
  const { store, tooltip } = dashboard;
  const nodeOf = (target: EventTarget | null): SchematicNode | undefined => {
    const key = (target as Element | null)?.closest('g.node') as WithKey | null;
    return picture().nodes.find((node) => node.key === key?.__data__?.key);
  };
  const under = (event: MouseEvent): SchematicNode | SchematicEdge | null => {
    const box = svg.getBoundingClientRect();
    const point = [event.clientX - box.left, event.clientY - box.top] as const;
    return nodeOf(event.target) ?? nearestEdge(picture().edges, point);
  };
  let pressed: readonly [x: number, y: number] = [0, 0];
  const listeners: Readonly<Record<string, (event: never) => void>> = {
    pointermove(event: PointerEvent) {
      const found = event.buttons > 0 ? null : under(event);
      svg.classList.toggle('is-pointing', found !== null && found.selection !== null);
      store.hovered.value = found?.selection ?? null;
      if (found === null || found.spoken === '') return tooltip.hide();
      tooltip.show(card(found.spoken), { x: event.clientX, y: event.clientY });
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
      if (!isDrag) store.selection.value = under(event)?.selection ?? null;
    },
    focusin(event: FocusEvent) {
      const node = nodeOf(event.target);
      const isByKey = (event.target as Element).matches(':focus-visible');
      if (node !== undefined && isByKey) camera.reveal(node.x, node.y);
    },
    dblclick: (event: MouseEvent) => drillIn(store, under(event)?.selection ?? null),
    keydown(event: KeyboardEvent) {
      const node = nodeOf(event.target);
      if (node === undefined || !moveOrSelect(event, node, svg, store, picture())) return;
      event.preventDefault();
    },
  };
  for (const [name, listener] of Object.entries(listeners)) {
    svg.addEventListener(name, listener as EventListener);
  }
  return () => {
    tooltip.hide();
    for (const [name, listener] of Object.entries(listeners)) {
      svg.removeEventListener(name, listener as EventListener);
    }
  };
}

function drillIn(store: Store, selection: Selection | null): void {
  if (selection?.kind !== 'pop' && selection?.kind !== 'server') return;
  store.selection.value = selection;
  store.view.value = 'pop';
}

/** Arrows go from node to node, Enter and Space select; whether the key was one of these. */
function moveOrSelect(
  event: KeyboardEvent,
  node: SchematicNode,
  svg: SVGSVGElement,
  store: Store,
  picture: SchematicPicture,
): boolean {
  const direction = event.shiftKey ? undefined : ARROWS[event.key];
  if (direction !== undefined) {
    const next = neighbourInDirection(reachable(picture), node, direction);
    if (next !== null) focusNode(svg, next.key);
  } else if (event.key === 'Enter' && sameSelection(store.selection.peek(), node.selection)) {
    drillIn(store, node.selection);
  } else if (event.key === 'Enter' || event.key === ' ') {
    store.selection.value = node.selection;
  } else return false;
  return true;
}

/** d3 keeps a node's datum on its element. */
type WithKey = Element & { readonly __data__?: SchematicNode };

const reachable = ({ nodes }: SchematicPicture): readonly SchematicNode[] =>
  nodes.filter(({ selection }) => selection !== null);

function focusNode(svg: SVGSVGElement, key: string): void {
  for (const element of svg.querySelectorAll<SVGGElement>('g.node')) {
    const isWanted = (element as WithKey).__data__?.key === key;
    element.setAttribute('tabindex', isWanted ? '0' : '-1');
    if (isWanted) element.focus({ preventScroll: true });
  }
}

/** The selected node, else the first that can be, is where Tab enters. */
export function keepTabStop(svg: SVGSVGElement, picture: SchematicPicture): void {
  const elements = [...svg.querySelectorAll<SVGGElement>('g.node')];
  if (elements.includes(document.activeElement as SVGGElement)) return;
  const all = reachable(picture);
  const wanted = all.find(({ isSelected }) => isSelected) ?? all[0];
  for (const element of elements) {
    const isWanted = (element as WithKey).__data__?.key === wanted?.key;
    element.setAttribute('tabindex', isWanted ? '0' : '-1');
  }
}

function nearestEdge(
  edges: readonly SchematicEdge[],
  [x, y]: readonly [number, number],
): SchematicEdge | null {
  let best: SchematicEdge | null = null;
  let least = REACH;
  for (const edge of edges) {
    if (edge.selection === null || edge.isCurved) continue;
    const distance = distanceTo(edge, x, y) - edge.width / 2;
    if (distance < least) [best, least] = [edge, distance];
  }
  return best;
}

/** From a point to a straight line between two nodes, pixels. */
function distanceTo({ from, to }: SchematicEdge, x: number, y: number): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const along = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(Math.max(along, 0), 1);
  return Math.hypot(x - from[0] - t * dx, y - from[1] - t * dy);
}

/** What is said aloud is what the card shows: its name, then its figures. */
function card(spoken: string): TemplateResult {
  const [name = '', ...figures] = spoken.split(': ');
  return html`<strong><bdi>${shorten(name, 60)}</bdi></strong>
    ${figures
      .join(': ')
      .split(', ')
      .map((figure) => html`<span class="quiet">${shorten(figure, 60)}</span>`)}`;
}
