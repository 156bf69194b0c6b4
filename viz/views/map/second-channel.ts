import { geoDistance } from 'd3-geo';
import type { RecordedPop } from '../../../sim/recording.ts';

/** There are seven colours, so that many neighbours can differ by colour alone. */
const NEIGHBOURS = 7;

/**
 * POPs whose land is dotted as well: a POP with the same colour, and without dots, is among their
 * seven nearest. Depends on the map alone, as colours do.
 */
export function dottedPops(pops: readonly RecordedPop[]): ReadonlySet<number> {
  const dotted = new Set<number>();
  pops.forEach((pop, i) => {
    const isTwin = (j: number): boolean => pops[j]!.colour === pop.colour && !dotted.has(j);
    if (nearestOf(pops, i).some((j) => j < i && isTwin(j))) dotted.add(i);
  });
  return dotted;
}

function nearestOf(pops: readonly RecordedPop[], from: number): readonly number[] {
  const place = ({ longitude, latitude }: RecordedPop): [number, number] | null =>
    longitude === null || latitude === null ? null : [longitude, latitude];
  const here = place(pops[from]!);
  if (here === null) return [];
  return pops
    .flatMap((pop, i) => {
      const there = i === from ? null : place(pop);
      return there === null ? [] : [{ i, radians: geoDistance(here, there) }];
    })
    .sort((a, b) => a.radians - b.radians || a.i - b.i)
    .slice(0, NEIGHBOURS)
    .map(({ i }) => i);
}
