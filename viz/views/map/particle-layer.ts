import type { LinkNow } from './link-layer.ts';
import { isTorn, type Point } from './map-geometry.ts';
import type { ScreenTransform } from '../../charts/screen-transform.ts';

/** More links than this are not animated: the eye cannot follow them (Grafana's weathermap). */
export const ANIMATED_LINKS_MAX = 100;

/** Pixels a second and particles of a direction, as Grafana's weathermap panel 1.6 has them. */
export const particleSpeed = (utilisation: number): number => 20 + Math.sqrt(utilisation) * 100;
export const particleCount = (utilisation: number): number => 1 + Math.round(7 * utilisation);

/** How far the flow of each direction has come, pixels: 2 × link + direction. */
export type FlowPhases = Float64Array;

export function advanceFlows(
  phases: FlowPhases,
  links: readonly LinkNow[],
  passed_s: number,
): void {
  for (const { index, utilisation } of links) {
    for (const direction of [0, 1] as const) {
      const load = utilisation[direction];
      if (load > 0) phases[2 * index + direction]! += particleSpeed(Math.min(load, 1)) * passed_s;
    }
  }
}

/** Radius of a circle, and half of a diamond's diagonal, pixels. */
const CIRCLE = 1.7;
const DIAMOND = 3.2;
/** From this share on at least one particle stands for requests that fail. */
const FAILING_SEEN = 0.01;

/** How many of a direction's particles are diamonds: the share of requests that fail at its end. */
export function diamondCount(count: number, failing: number): number {
  if (!(failing >= FAILING_SEEN)) return 0;
  return Math.min(count, Math.max(1, Math.round(count * failing)));
}

/**
 * On their way along each half, of the busiest links: circles, and diamonds where requests fail at
 * the POP that the link leads to; nothing where nothing flows.
 */
export function drawParticles(
  context: CanvasRenderingContext2D,
  lines: readonly (readonly Point[])[],
  { k, x, y }: ScreenTransform,
  phases: FlowPhases,
  links: readonly LinkNow[],
  colour: string,
): void {
  context.fillStyle = colour;
  context.beginPath();
  // The busiest come last.
  for (const now of links.slice(-ANIMATED_LINKS_MAX)) {
    const { link, index, utilisation, failing, isDown, isQuiet } = now;
    const line = lines[index];
    if (line === undefined || isDown || isQuiet) continue;
    const length = k * lengthOf(line);
    for (const direction of [0, 1] as const) {
      const load = utilisation[direction];
      if (!(load > 0) || length < 24) continue;
      const count = particleCount(Math.min(load, 1));
      const diamonds = diamondCount(
        count,
        failing[direction === 0 ? link.b : link.a] ?? Number.NaN,
      );
      for (let particle = 0; particle < count; particle++) {
        const along = (phases[2 * index + direction]! / length + (particle + 0.5) / count) % 1;
        const [px, py] = pointAt(line, direction === 0 ? along : 1 - along);
        addParticle(context, k * px + x, k * py + y, particle < diamonds);
      }
    }
  }
  context.fill();
}

function addParticle(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  isDiamond: boolean,
): void {
  if (isDiamond) {
    context.moveTo(x + DIAMOND, y);
    context.lineTo(x, y + DIAMOND);
    context.lineTo(x - DIAMOND, y);
    context.lineTo(x, y - DIAMOND);
    context.closePath();
  } else {
    context.moveTo(x + CIRCLE, y);
    context.arc(x, y, CIRCLE, 0, 2 * Math.PI);
  }
}

/** Lines are projected once a size, particles move every frame. */
const lengths = new WeakMap<readonly Point[], number>();

function lengthOf(line: readonly Point[]): number {
  const known = lengths.get(line);
  if (known !== undefined) return known;
  let length = 0;
  for (let i = 1; i < line.length; i++) {
    if (isTorn(line[i - 1]!, line[i]!)) continue;
    length += Math.hypot(line[i]![0] - line[i - 1]![0], line[i]![1] - line[i - 1]![1]);
  }
  lengths.set(line, length);
  return length;
}

/** By share of the points: those of a great circle are equally far apart on the ground. */
function pointAt(line: readonly Point[], share: number): Point {
  const position = share * (line.length - 1);
  const before = Math.min(Math.floor(position), line.length - 2);
  const rest = position - before;
  const from = line[before]!;
  const next = line[before + 1]!;
  // Over the edge of the map there is no way between: wait at its near side.
  const to = isTorn(from, next) ? from : next;
  return [from[0] + (to[0] - from[0]) * rest, from[1] + (to[1] - from[1]) * rest];
}
