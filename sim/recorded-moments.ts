/** What happened at one instant, in order of time. */

/**
 * Which POP serves each region: the state at 0 and every change, in columns of equal length.
 *
 * Where BGP alone decides, the POP that the region's packets reach, at the very instant of the
 * change (a dead POP keeps its regions until routes have moved: their requests are lost). Where DNS
 * decides, the POP that most of the region's resolvers answer with, looked at once a bucket.
 */
export interface RecordedCatchments {
  /** By region: POP, or -1 without a route. */
  readonly initial: readonly number[];
  /** Ascending. */
  readonly t_s: readonly number[];
  readonly region: readonly number[];
  readonly pop: readonly number[];
}

export interface RecordedMoments {
  readonly states: readonly StateChange[];
  readonly server_states: readonly ServerStateChange[];
  readonly key_moves: readonly KeyMove[];
}

/**
 * `failing`: answers with errors; `withdrawn`: does not announce (a server: is not in the pool);
 * `draining`: serves whoever still comes and sends them away. Everything is `up` at first.
 */
export type EntityState = 'up' | 'degraded' | 'draining' | 'withdrawn' | 'failing' | 'down';

/** What the story did to an entity; whether anybody noticed is another matter. */
export interface StateChange {
  readonly t_s: number;
  readonly kind: 'pop' | 'link' | 'server' | 'origin' | 'region';
  readonly index: number;
  readonly state: EntityState;
  /** `fail fra-down (power)`, `fra-down ends`. */
  readonly cause: string;
  /** Position in `events` of the recording; -1 for what holds from the start. */
  readonly event: number;
}

/**
 * HAProxy's words for what a balancer thinks of a server. `UP going down`: it is dead or refusing
 * and the checks have not failed often enough yet; `DOWN going up`: it is well again and they have
 * not passed often enough. `MAINT`: it is not in the pool. `no check`: the scenario has no health
 * checks. Before its first change a server is `UP`, or `no check` without `health:`.
 */
export type ServerState =
  | 'UP'
  | 'UP going down'
  | 'DOWN'
  | 'DOWN going up'
  | 'DRAIN'
  | 'MAINT'
  | 'no check';

export interface ServerStateChange {
  readonly t_s: number;
  readonly server: number;
  readonly state: ServerState;
  /** `fail crash (power)`, `health check`. */
  readonly cause: string;
  /**
   * Why it is not in the pool, where an autoscaler keeps it out: `off` and `starting` are `MAINT`,
   * `ending` is `DRAIN`. Absent otherwise, and in recordings of older versions.
   */
  readonly scaling?: 'off' | 'starting' | 'ending';
}

/** The servers that may be picked in a POP changed: hashing policies only. */
export interface KeyMove {
  readonly t_s: number;
  readonly pop: number;
  /** Share of all keys that changed their server though they need not have. */
  readonly moved_ratio: number;
}

/** An event of the story, expanded; several have the same name where one repeats. */
export interface RecordedEvent {
  readonly name: string | null;
  readonly at_s: number;
  /** null = has no end of its own. */
  readonly until_s: number | null;
  /** The verb of the scenario: `fail`. */
  readonly verb: string;
  /** Paths: `pop/fra`. */
  readonly targets: readonly string[];
  /** `fra fails (power) until 4:00`. */
  readonly text: string;
}
