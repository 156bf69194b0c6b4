import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { ServerHistory } from '../../data/server-history.ts';
import { serversNow, type ServerNow } from '../../data/servers-now.ts';
import type { ScreenTransform } from '../../charts/screen-transform.ts';
import { formatCount, formatPercent, formatRate } from '../../formats.ts';
import type { Size } from '../../observe-size.ts';
import { hiddenTrouble, isScaledOff, SERVER_MARKS } from '../../server-marks.ts';
import { sameSelection, type Selection } from '../../store.ts';
import { STATE_MARKS, utilisationColour } from '../../theme.ts';
import { popsNow } from '../map/network-now.ts';
import { labelSideInside } from './lab-label-side.ts';
import { labPlaces, type LabPlaces } from './lab-layout.ts';
import type { SchematicEdge, SchematicNode, SchematicPicture } from './schematic-node.ts';

/** All requests of the POP on one line, pixels: wider where many servers share them. */
const lineWidth = (servers: number): number => Math.min(Math.max(8 + 1.2 * servers, 12), 36);
const POP_RADIUS = 26;

interface LabInputs {
  readonly player: RecordingPlayer;
  readonly history: ServerHistory;
  readonly time_s: number;
  readonly size: Size;
  readonly transform: ScreenTransform;
  readonly selection: Selection | null;
  readonly hasLabels: boolean;
}

/** One POP: clients, balancer and servers in layers; lines as wide as the requests they carry. */
export function labPicture(inputs: LabInputs): SchematicPicture {
  const { player, history, time_s, size, transform, selection } = inputs;
  const places = labPlaces(player.index.world, size, transform);
  const now = popsNow(player, time_s)[0]!;
  const servers = serversNow(player, history, 0, time_s);
  const popSelection: Selection = { kind: 'pop', name: now.pop.name };
  const { balancer } = player.index.world;
  const mark = STATE_MARKS[now.state.state];
  const pop: SchematicNode = {
    key: 'pop',
    selection: popSelection,
    shape: 'circle',
    mark,
    core: null,
    x: places.pop[0],
    y: places.pop[1],
    radius: POP_RADIUS,
    crowd: 1,
    halo: 8,
    utilisation: now.utilisation,
    label: now.pop.name,
    note: servers.length > 1 ? balancer : '',
    side: 'above',
    isSelected: sameSelection(selection, popSelection),
    spoken: `POP ${now.pop.name}: ${mark.word}, ${formatRate(now.requestsPerSecond)}`,
  };
  const clients: SchematicNode = {
    key: 'clients',
    selection: null,
    shape: 'crowd',
    mark: STATE_MARKS.up,
    core: null,
    x: places.clients[0],
    y: places.clients[1],
    radius: POP_RADIUS * 0.8,
    crowd: 1,
    utilisation: Number.NaN,
    label: 'clients',
    side: 'above',
    isSelected: false,
    halo: 0,
    note: formatRate(now.requestsPerSecond),
    spoken: `clients: ${formatRate(now.requestsPerSecond)}`,
  };
  const most = Math.max(...servers.map((one) => one.requestsPerSecond || 0), 1e-9);
  const nodes = [
    clients,
    pop,
    ...servers.map((one, i) => serverNode(one, i, places, most, inputs)),
  ];
  return {
    nodes:
      transform.k === 1
        ? nodes
        : nodes.map((node) => ({ ...node, side: labelSideInside(node, size) })),
    edges: [
      arrival(places, now.utilisation, now.requestsPerSecond, lineWidth(servers.length)),
      ...servers.map((one, i) => serverEdge(one, i, places, now.requestsPerSecond, inputs)),
    ],
  };
}

function serverNode(
  now: ServerNow,
  i: number,
  { servers, serverRadius, hasNotes }: LabPlaces,
  most: number,
  { selection, hasLabels }: LabInputs,
): SchematicNode {
  const [x, y] = servers[i]!;
  const thought = SERVER_MARKS[now.state.state];
  const mark = hiddenTrouble(now.truth, now.state.state) ?? thought;
  const own: Selection = { kind: 'server', name: now.path };
  const share = Math.sqrt((now.requestsPerSecond || 0) / most);
  const isOff = isScaledOff(now.state.state);
  const words: readonly string[] = isOff
    ? [mark.word]
    : [
        formatPercent(now.utilisation),
        formatRate(now.requestsPerSecond),
        now.queued >= 0.5 ? `${formatCount(now.queued)} queued` : '',
        mark.isTrouble ? mark.word : '',
      ];
  const said = [...new Set([thought.word, ...words])].filter(Boolean);
  return {
    key: now.path,
    selection: own,
    shape: 'circle',
    mark,
    core: null,
    x,
    y,
    crowd: 1,
    radius: Math.max(
      serverRadius * (0.4 + 0.6 * share) - 2,
      mark.isTrouble || isOff ? Math.min(serverRadius, 6) : 2.5,
    ),
    halo: serverRadius > 14 ? 7 : 0,
    utilisation: now.utilisation,
    label: hasLabels ? now.server.name : '',
    note: hasLabels && hasNotes ? words.filter(Boolean).join(' · ') : '',
    side: 'right',
    isSelected: sameSelection(selection, own),
    spoken: `server ${now.server.name}: ${said.join(', ')}`,
  };
}

function arrival(
  { clients, pop }: LabPlaces,
  utilisation: number,
  perSecond: number,
  width: number,
): SchematicEdge {
  const colour = utilisationColour(utilisation);
  return {
    key: 'arrival',
    selection: null,
    from: clients,
    to: pop,
    isCurved: false,
    width,
    colours: [colour, colour],
    isDown: false,
    crossAt: 0.5,
    isSelected: false,
    isQuiet: false,
    spoken: `${formatRate(perSecond)} arrive`,
  };
}

function serverEdge(
  now: ServerNow,
  i: number,
  { pop, servers }: LabPlaces,
  all: number,
  { selection }: LabInputs,
): SchematicEdge {
  const colour = utilisationColour(now.utilisation);
  const share = (now.requestsPerSecond || 0) / Math.max(all || 0, 1e-9);
  return {
    key: `to ${now.path}`,
    selection: { kind: 'server', name: now.path },
    from: pop,
    to: servers[i]!,
    isCurved: true,
    colours: [colour, colour],
    width: Math.max(lineWidth(servers.length) * Math.min(share, 1), 1),
    isDown: now.truth === 'down',
    crossAt: 0.82,
    isSelected: selection?.kind === 'server' && selection.name === now.path,
    isQuiet:
      isScaledOff(now.state.state) || (selection?.kind === 'server' && selection.name !== now.path),
    spoken: `${formatRate(now.requestsPerSecond)} to ${now.server.name}`,
  };
}
