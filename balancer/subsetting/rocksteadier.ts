import { mix32 } from '../hashes/mix.ts';

/** Clients and backends come in lots of so many. */
export const LOT_SIZE = 10;

/** i-th of the binary van der Corput sequence: 0, ½, ¼, ¾, ⅛ … */
export function vanDerCorput(index: number): number {
  let value = 0;
  let digit = 0.5;
  for (let rest = index; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) value += digit;
    digit /= 2;
  }
  return value;
}

/**
 * Google's Rocksteadier subsetting ("Reinventing Backend Subsetting at Google", ACM Queue 20(5),
 * 2022): backends and clients are cut into lots of `LOT_SIZE` in the order of their ids. Every lot
 * of backends is shuffled alike for a lot of clients; client c of its lot takes the backend at
 * place c of each shuffled lot, lots in the order of the van der Corput sequence from the point of
 * its own lot on, until it has enough. Each of a lot's clients thus takes another backend of a lot:
 * loads differ by the padding of the last lot only, and a backend that joins or leaves at the end
 * changes one lot.
 */
export function rocksteadierSubset(
  clientId: number,
  backendCount: number,
  subsetSize: number,
): number[] {
  const lotCount = Math.ceil(backendCount / LOT_SIZE);
  const clientLot = Math.floor(clientId / LOT_SIZE);
  const place = clientId % LOT_SIZE;
  const subset: number[] = [];
  for (const lot of lotsFrom(vanDerCorput(clientLot), lotCount)) {
    if (subset.length === subsetSize) break;
    const backend = lot * LOT_SIZE + shuffledPlaces(clientLot, lot)[place]!;
    // Padding of the last lot.
    if (backend < backendCount) subset.push(backend);
  }
  return subset;
}

/** All lots in the order of their points on the unit circle, from the first at or after `start`. */
function lotsFrom(start: number, lotCount: number): number[] {
  const points = Array.from({ length: lotCount }, (_, lot) => ({ lot, point: vanDerCorput(lot) }));
  points.sort((a, b) => a.point - b.point || a.lot - b.lot);
  const first = Math.max(
    0,
    points.findIndex(({ point }) => point >= start),
  );
  return points.map((_, i) => points[(first + i) % lotCount]!.lot);
}

/**
 * A Fisher–Yates shuffle of the places of a lot of backends, the same for a whole lot of clients.
 */
function shuffledPlaces(clientLot: number, backendLot: number): number[] {
  const places = Array.from({ length: LOT_SIZE }, (_, i) => i);
  for (let i = LOT_SIZE - 1; i > 0; i--) {
    const hash = mix32(mix32(clientLot, backendLot), i);
    const j = Math.floor((hash / 2 ** 32) * (i + 1));
    [places[i], places[j]] = [places[j]!, places[i]!];
  }
  return places;
}
