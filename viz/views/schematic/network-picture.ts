import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { ScreenTransform } from '../../charts/screen-transform.ts';
import { formatPercent, formatRate } from '../../formats.ts';
import { isHidden } from '../../hide.ts';
import type { Size } from '../../observe-size.ts';
import { sameSelection, type Selection } from '../../store.ts';
import { CATCHMENT_COLOURS, STATE_MARKS, utilisationColour } from '../../theme.ts';
import { crowding, linkCrowding } from '../map/crowding.ts';
import { placeLabels } from '../map/label-room.ts';
import { linkWidth } from '../map/link-layer.ts';
import { linksNow, popsNow } from '../map/network-now.ts';
import { radiusScale } from '../map/pop-layer.ts';
import { networkPlaces, type NetworkPlaces } from './force-layout.ts';
import { moved } from './schematic-camera.ts';
import type { SchematicEdge, SchematicNode, SchematicPicture } from './schematic-node.ts';

const ORIGIN_RADIUS = 8;
/** A POP's ring and the gap before it, pixels. */
const RING = 6;
const RADIUS_MIN = 4;
/** A ✕ this far from every POP is seen as one of the line, pixels. */
const OPEN = 40;
/** A sign in the disc must be readable whatever traffic is left. */
const TROUBLE_RADIUS = 11;

interface NetworkInputs {
  readonly player: RecordingPlayer;
  readonly time_s: number;
  readonly size: Size;
  readonly transform: ScreenTransform;
  readonly selection: Selection | null;
  readonly hidden: string;
  readonly hasLabels: boolean;
}

/** Many POPs: a network that stands where its links pull it, with the encodings of the map. */
export function networkPicture(inputs: NetworkInputs): SchematicPicture {
  const places = placesOnScreen(inputs);
  const nodes = [...popNodes(inputs, places), ...originNodes(inputs, places)];
  return {
    nodes: inputs.hasLabels ? withLabels(nodes, inputs.size) : nodes,
    edges: [...originEdges(inputs, places), ...linkEdges(inputs, places)].filter((edge) =>
      mayBeSeen(edge, inputs.size),
    ),
  };
}

function placesOnScreen({ player, size, transform }: NetworkInputs): NetworkPlaces {
  const { pops, origins } = networkPlaces(player.index.world, size);
  const toScreen = moved(transform);
  return { pops: pops.map(toScreen), origins: origins.map(toScreen) };
}

function popNodes(
  { player, time_s, selection, hidden, transform }: NetworkInputs,
  { pops }: NetworkPlaces,
): SchematicNode[] {
  const all = popsNow(player, time_s);
  const radiusOf = radiusScale(Math.max(...all.map((one) => one.requestsPerSecond || 0)));
  const crowd = crowding(all.length, transform.k);
  return all.flatMap((now): SchematicNode[] => {
    if (isHidden(hidden, `pop/${now.pop.name}`)) return [];
    const [x, y] = pops[now.index]!;
    const own: Selection = { kind: 'pop', name: now.pop.name };
    const mark = STATE_MARKS[now.state.state];
    const rate = formatRate(now.requestsPerSecond);
    const load = `${rate}, utilisation ${formatPercent(now.utilisation)}`;
    return [
      {
        key: `pop/${now.pop.name}`,
        selection: own,
        shape: 'circle',
        mark,
        x,
        y,
        core: mark.isTrouble ? null : CATCHMENT_COLOURS[now.pop.colour % 7]!,
        radius: Math.max(
          radiusOf(now.requestsPerSecond) * 0.75 * crowd,
          mark.isTrouble ? TROUBLE_RADIUS : RADIUS_MIN * crowd,
        ),
        crowd,
        halo: 8,
        utilisation: now.utilisation,
        label: now.pop.name,
        note: '',
        side: null,
        isSelected: sameSelection(selection, own),
        spoken: `POP ${now.pop.name}, ${now.pop.label}: ${mark.word}, ${load}`,
      },
    ];
  });
}

function originNodes(
  { player, time_s, selection, hidden }: NetworkInputs,
  { origins }: NetworkPlaces,
): SchematicNode[] {
  return player.index.world.origins.flatMap((origin, i): SchematicNode[] => {
    if (isHidden(hidden, `origin/${origin.name}`)) return [];
    const own: Selection = { kind: 'origin', name: origin.name };
    const mark = STATE_MARKS[player.states.at('origin', i, time_s).state];
    const [x, y] = origins[i]!;
    return [
      {
        key: `origin/${origin.name}`,
        selection: own,
        shape: 'square',
        mark,
        core: null,
        x,
        y,
        radius: ORIGIN_RADIUS,
        crowd: 1,
        utilisation: Number.NaN,
        halo: 6,
        note: '',
        side: null,
        label: `origin ${origin.name}`,
        isSelected: sameSelection(selection, own),
        spoken: `origin ${origin.name}: ${mark.word}, ${origin.server_count} servers`,
      },
    ];
  });
}

function originEdges({ player }: NetworkInputs, places: NetworkPlaces): SchematicEdge[] {
  return player.index.world.origins.flatMap((origin, i): SchematicEdge[] => {
    const near = places.pops[origin.near_pop];
    if (near === undefined) return [];
    const grey = utilisationColour(0);
    return [
      {
        key: `beside ${origin.name}`,
        selection: null,
        from: near,
        to: places.origins[i]!,
        isCurved: false,
        width: 1,
        colours: [grey, grey],
        isDown: false,
        crossAt: 0.5,
        isSelected: false,
        isQuiet: true,
        spoken: '',
      },
    ];
  });
}

function linkEdges(
  { player, time_s, selection, hidden, transform }: NetworkInputs,
  { pops }: NetworkPlaces,
): SchematicEdge[] {
  const crowd = linkCrowding(player.index.world.links.length, transform.k);
  return linksNow(player, time_s, selection, hidden).map((now) => ({
    key: `link/${now.link.name}`,
    selection: { kind: 'link', name: now.link.name },
    from: pops[now.link.a]!,
    to: pops[now.link.b]!,
    isCurved: false,
    width: Math.max(linkWidth(now.link.bandwidth_bps, 8), 2) * crowd,
    colours: [utilisationColour(now.utilisation[0]), utilisationColour(now.utilisation[1])],
    isDown: now.isDown,
    crossAt: openPoint(pops, now.link.a, now.link.b),
    isSelected: now.isSelected,
    isQuiet: now.isQuiet,
    spoken: `link ${now.link.name}: ${now.isDown ? 'down' : loadOf(now.utilisation)}`,
  }));
}

/** Whether the box around a line meets the window. */
function mayBeSeen({ from, to }: SchematicEdge, { width, height }: Size): boolean {
  const [[x0, y0], [x1, y1]] = [from, to];
  const isAside = Math.max(x0, x1) < 0 || Math.min(x0, x1) > width;
  return !isAside && Math.max(y0, y1) >= 0 && Math.min(y0, y1) <= height;
}

/** The place on a line, 0 … 1, that POPs which it passes do not cover: the middle if it can be. */
function openPoint(pops: NetworkPlaces['pops'], a: number, b: number): number {
  const [from, to] = [pops[a]!, pops[b]!];
  const room = (t: number): number => {
    const [x, y] = [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t];
    return Math.min(...pops.map(([px, py]) => Math.hypot(px - x, py - y)));
  };
  if (room(0.5) >= OPEN) return 0.5;
  const places = [0.5, 0.4, 0.6, 0.3, 0.7];
  return places.reduce((best, t) => (room(t) > room(best) ? t : best));
}

/** Both directions, as they stand in the link's name. */
const loadOf = ([there, back]: readonly [number, number]): string =>
  `there ${formatPercent(there)}, back ${formatPercent(back)}`;

function withLabels(nodes: readonly SchematicNode[], window: Size): readonly SchematicNode[] {
  const sides = placeLabels(
    nodes.map(({ x, y, radius, crowd, label, mark, halo, isSelected }) => ({
      x,
      y,
      text: label,
      isUrgent: mark.isTrouble,
      radius: radius + RING * crowd + (mark.isTrouble ? halo : 0),
      rank: (isSelected ? 1e6 : 0) + (mark.isTrouble ? 1e3 : 0) + radius,
    })),
    window,
  );
  return nodes.map((node, i) => ({ ...node, side: sides[i] ?? null }));
}
