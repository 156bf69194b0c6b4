/** The world that a recording plays in. Positions in these lists are the indices used elsewhere. */
export interface RecordedWorld {
  readonly pops: readonly RecordedPop[];
  readonly servers: readonly RecordedServer[];
  readonly links: readonly RecordedLink[];
  readonly regions: readonly RecordedRegion[];
  readonly origins: readonly RecordedOrigin[];
  /** Announced by the strategy; empty in a laboratory. */
  readonly prefixes: readonly string[];
  /** Request classes. */
  readonly classes: readonly string[];
  /** What the strategy is made of, by name: `anycast`, `two-choices`. */
  readonly routing: string | null;
  readonly balancer: string;
  /** Whether places are known: false in a laboratory, which is drawn as a schematic. */
  readonly has_geography: boolean;
}

export interface RecordedPlace {
  /** Degrees, north positive; null without geography. */
  readonly latitude: number | null;
  /** Degrees, east positive; null without geography. */
  readonly longitude: number | null;
}

export interface RecordedPop extends RecordedPlace {
  /** `fra`: as in scenarios, `pop/fra`. */
  readonly name: string;
  /** `Frankfurt`, or the name where no city is known. */
  readonly label: string;
  readonly country: string | null;
  readonly continent: string | null;
  /** Its servers are world.servers[first_server … first_server + server_count). */
  readonly first_server: number;
  readonly server_count: number;
  /** Slots over all servers: requests that can be served at once. */
  readonly concurrency: number;
  /** Requests per second that its servers can serve at most, by the mean service time; null when
   *  that mean is not finite. */
  readonly capacity_per_s: number | null;
  /** Towards clients; null = unlimited. */
  readonly egress_bps: number | null;
  readonly is_shield: boolean;
  /**
   * Index of the POP's colour in a palette of 7, so that POPs near each other differ where they
   * can; the same in every strategy and run of the scenario.
   */
  readonly colour: number;
}

export interface RecordedServer {
  /** `gen3-7`: as in scenarios, `server/fra/gen3-7`. */
  readonly name: string;
  readonly pop: number;
  readonly weight: number;
  readonly concurrency: number;
  readonly speed: number;
}

/** A link of the CDN's own backbone. Directions: 0 = from `a` to `b`, 1 = back. */
export interface RecordedLink {
  /** `fra-ams`: as in scenarios, `link/fra-ams`. */
  readonly name: string;
  readonly kind: 'backbone';
  /** POPs at its ends. */
  readonly a: number;
  readonly b: number;
  /** Each direction; null = unlimited. */
  readonly bandwidth_bps: number | null;
  /** There and back, propagation alone. */
  readonly rtt_s: number;
}

export interface RecordedRegion extends RecordedPlace {
  readonly name: string;
  /** `Frankfurt · Deutsche Telekom`: city and network. */
  readonly label: string;
  readonly country: string | null;
  readonly continent: string | null;
  /** Share of the world's users; all regions sum to 1. */
  readonly weight: number;
}

export interface RecordedOrigin {
  readonly name: string;
  /** POP beside which it stands; -1 in a laboratory. */
  readonly near_pop: number;
  readonly server_count: number;
}
