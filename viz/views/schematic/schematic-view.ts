import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals-core';
import { html, nothing, render } from 'lit-html';
import { standaloneSvg } from '../../charts/standalone-svg.ts';
import { emptyState, recordAdvice } from '../../controls/notice.ts';
import { zoomButtons } from '../../controls/zoom-buttons.ts';
import type { KeyAction } from '../../keys.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import { hasScaledServers, initialServerState, ServerHistory } from '../../data/server-history.ts';
import { createDrawQueue } from '../../draw-queue.ts';
import { observeSize } from '../../observe-size.ts';
import type { Dashboard, MountedView, View } from '../../view.ts';
import { mapLegend } from '../map/map-legend.ts';
import { child } from '../pop/page-inputs.ts';
import { drawSchematic } from './draw-schematic.ts';
import { settleFurther } from './force-layout.ts';
import { labPicture } from './lab-picture.ts';
import { networkPicture } from './network-picture.ts';
import { moveSchematic, planeTransform } from './schematic-camera.ts';
import type { SchematicPicture } from './schematic-node.ts';
import { attachSchematicPointer, keepTabStop } from './schematic-pointer.ts';
import { schematicTable } from './schematic-table.ts';

/** The network without geography: laboratories, and who would rather see what is linked to what. */
export const schematicView: View = {
  id: 'schematic',
  title: 'Schematic',
  question: 'What is linked to what, how loaded is it?',
  mount: mountSchematic,
  table: schematicTable,
};

function mountSchematic(container: HTMLElement, dashboard: Dashboard): MountedView {
  const { store } = dashboard;
  container.classList.add('schematic');
  let drawing: Drawing | null = null;
  const stop = effect(() => {
    const player = store.recording.value;
    container.replaceChildren();
    drawing = null;
    if (player === undefined) return;
    if (player === null) {
      const advice = recordAdvice('timeline 1s, servers 5s, link_utilisation 5s');
      render(emptyState('No recording to play', advice), child(container, 'view-slot'));
      return;
    }
    return untracked(() => {
      const mounted = mountDrawing(container, dashboard, player);
      drawing = mounted;
      return mounted.stop;
    });
  });
  return {
    unmount: stop,
    svg: () => (drawing === null ? '' : standaloneSvg(drawing.svg)),
    act: (action) => drawing?.act(action) ?? false,
  };
}

interface Drawing {
  readonly svg: SVGSVGElement;
  act(action: KeyAction): boolean;
  stop(): void;
}

function mountDrawing(
  container: HTMLElement,
  dashboard: Dashboard,
  player: RecordingPlayer,
): Drawing {
  const { store } = dashboard;
  const { svg, root } = emptyDrawing();
  container.append(svg);
  const size = observeSize(container);
  const queue = createDrawQueue();
  const initial = initialServerState(player.index, store.report.peek().manifest);
  const history = new ServerHistory(player.index, initial);
  const isLab = player.index.world.pops.length === 1;
  const camera = moveSchematic(svg, store.plane, size.signal);
  const picture = computed((): SchematicPicture => {
    void player.loaded.value;
    const inputs = {
      player,
      history,
      time_s: store.calmTime_s.value,
      size: size.signal.value,
      transform: planeTransform(store.plane.value, size.signal.value),
      selection: store.selection.value,
      hidden: store.hidden.value,
      hasLabels: store.hasLabels.value,
    };
    return isLab ? labPicture(inputs) : networkPicture(inputs);
  });
  const layout = isLab ? null : settleByFrames(player);
  const legend = child(container, 'map-legend-slot');
  const buttons = child(container, 'zoom-slot');
  const stops = [
    queue.draw(() => {
      const isSettled = layout?.isSettled.value ?? true;
      svg.setAttribute('aria-busy', String(!isSettled));
      if (!isSettled) return;
      const { width, height } = size.signal.value;
      svg.setAttribute('viewBox', `0 0 ${Math.max(width, 1)} ${Math.max(height, 1)}`);
      drawSchematic(root, picture.value);
      keepTabStop(svg, picture.value);
    }),
    effect(() => void render(isLab ? labLegend(player) : mapLegend(dashboard, false), legend)),
    effect(() => void render(zoomButtons(store.plane, camera.act), buttons)),
    attachSchematicPointer(svg, dashboard, () => picture.peek(), camera),
  ];
  return {
    svg,
    act: camera.act,
    stop() {
      camera.stop();
      layout?.stop();
      for (const stopOne of stops) stopOne();
      queue.stop();
      size.stop();
    },
  };
}

function emptyDrawing(): { readonly svg: SVGSVGElement; readonly root: SVGGElement } {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const root = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  svg.setAttribute('class', 'schematic-svg');
  svg.setAttribute('role', 'group');
  svg.setAttribute('aria-label', 'Schematic. Arrow keys move, Enter selects, again goes inside.');
  svg.append(root);
  return { svg, root };
}

/** Settles the network a slice a frame: hundreds of POPs take longer than a frame may. */
function settleByFrames({ index }: RecordingPlayer): {
  readonly isSettled: ReadonlySignal<boolean>;
  stop(): void;
} {
  const isSettled = signal(settleFurther(index.world));
  let frame = 0;
  const goOn = (): void => {
    isSettled.value = settleFurther(index.world);
    if (!isSettled.value) frame = requestAnimationFrame(goOn);
  };
  if (!isSettled.value) frame = requestAnimationFrame(goOn);
  return { isSettled, stop: () => cancelAnimationFrame(frame) };
}

/** In a laboratory lines are requests, not cables. */
function labLegend({ index }: RecordingPlayer) {
  return html`<div class="map-legend" aria-hidden="true">
    <div class="legend-part"><span>line</span> requests/s</div>
    <div class="legend-part"><span>ring, colour</span> utilisation</div>
    <div class="legend-part"><span>✕</span> down <span>△</span> degraded
      ${hasScaledServers(index) ? html`<span>–</span> scaled down` : nothing}
    </div>
  </div>`;
}
