import { max } from 'd3-array';
import type { Selection } from '../../store.ts';
import { STATE_MARKS } from '../../theme.ts';
import { placeLabels } from './label-room.ts';
import { crowding } from './crowding.ts';
import type { MapGeometry } from './map-geometry.ts';
import type { PopNow } from './network-now.ts';
import { radiusScale, ringOf, type PopMark } from './pop-layer.ts';
import type { ScreenTransform } from '../../charts/screen-transform.ts';

/** How far the glow around trouble reaches beyond it. */
const HALO = 9;
const RADIUS_MIN = 4;
/** A colour can still be told apart. */
const LEAST_OF_MANY = 2.5;
/** A sign in the disc must be readable whatever traffic is left. */
const TROUBLE_RADIUS = 10;

/** Where POPs are drawn, how large, and which of them have room for their names. */
export function markPops(
  pops: readonly PopNow[],
  geometry: MapGeometry,
  { k, x, y }: ScreenTransform,
  { selection, hasLabels }: { selection: Selection | null; hasLabels: boolean },
): readonly PopMark[] {
  const radiusOf = radiusScale(max(pops, ({ requestsPerSecond }) => requestsPerSecond) ?? 0);
  const selected = selection?.kind === 'pop' ? selection.name : null;
  const crowd = crowding(pops.length, k);
  const placed = pops.flatMap((pop) => {
    const at = geometry.pops[pop.index];
    if (at === null || at === undefined) return [];
    // At zoom 1 POPs of a continent would cover each other: they grow as the map does.
    const grown = radiusOf(pop.requestsPerSecond) * Math.min(1, 0.4 + k / 8) * crowd;
    const { isTrouble } = STATE_MARKS[pop.state.state];
    const least = Math.max(RADIUS_MIN * crowd, LEAST_OF_MANY);
    // By half pixels: nobody sees less, and what stays need not be drawn again.
    const radius = Math.max(isTrouble ? TROUBLE_RADIUS : least, Math.round(2 * grown) / 2);
    const isSelected = pop.pop.name === selected;
    return [{ ...pop, x: k * at[0] + x, y: k * at[1] + y, radius, crowd, isSelected }];
  });
  const sides = hasLabels
    ? placeLabels(
        placed.map((mark) => ({
          x: mark.x,
          y: mark.y,
          radius: ringOf(mark).outer + (STATE_MARKS[mark.state.state].isTrouble ? HALO : 0),
          text: mark.pop.name,
          isUrgent: STATE_MARKS[mark.state.state].isTrouble,
          rank:
            (STATE_MARKS[mark.state.state].isTrouble ? 1e9 : 0) +
            (mark.isSelected ? 1e12 : 0) +
            (mark.requestsPerSecond || 0),
        })),
      )
    : [];
  return placed.map((mark, i) => ({
    ...mark,
    label: sides[i] ?? null,
  }));
}
