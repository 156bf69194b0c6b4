/**
 * What tables keep of themselves over the measured window and summarize reads at the end of a run:
 * time integrals, which no observer could count from single events.
 */
export interface StationReadings {
  /** ∫ (busy slots) dt, slot·ns. */
  busySlotNs(station: number): number;
  /** Slots × length of the window; Infinity where slots are unlimited. */
  slotNs(station: number): number;
  /** ∫ (requests inside, waiting or in service) dt, request·ns. */
  insideArea(station: number): number;
}

export interface LinkReadings {
  /** Mean share of the link's capacity in use, the busier direction; null without data. */
  utilisationMean(link: number): number | null;
  utilisationMax(link: number): number | null;
  /** Carried, both directions. */
  bytes(link: number): number;
}

/** `servers` by server of the world; `origins` by origin, its servers added up. */
export interface Gauges {
  readonly servers: StationReadings;
  readonly origins: StationReadings | null;
  readonly links: LinkReadings | null;
  /** The servers over some segments of the story; absent = not kept. */
  readonly serversOver?: (segments: readonly number[]) => StationReadings;
}
