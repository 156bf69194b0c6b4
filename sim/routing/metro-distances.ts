import { greatCircleKm, type Network } from '../../topology/index.ts';

/** Great-circle distances between all metros, km: entry from × metroCount + to. */
export class MetroDistances {
  readonly metroCount: number;
  readonly km: Float64Array;

  constructor(network: Network) {
    const { metroCount, metroLatitude, metroLongitude } = network;
    this.metroCount = metroCount;
    this.km = new Float64Array(metroCount * metroCount);
    for (let from = 0; from < metroCount; from++) {
      for (let to = from + 1; to < metroCount; to++) {
        const km = greatCircleKm(
          metroLatitude[from]!,
          metroLongitude[from]!,
          metroLatitude[to]!,
          metroLongitude[to]!,
        );
        this.km[from * metroCount + to] = km;
        this.km[to * metroCount + from] = km;
      }
    }
  }

  between(from: number, to: number): number {
    return this.km[from * this.metroCount + to]!;
  }
}
