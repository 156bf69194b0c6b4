import type { TimerId } from '../../balancer/index.ts';
import type { AutoscalerSpec } from '../autoscaling-spec.ts';
import type { Tables } from '../tables.ts';
import type { ReplicaReading } from './desired-replicas.ts';
import type { ScalingLog, ServerPhase } from './scaling-log.ts';

/** How often one that ends is looked at: whether it is empty, and no longer paid for. */
const ENDING_CHECK_NS = 1e9;

/**
 * The servers of one autoscaler. Those asked for are always the first of its list: they are started
 * in its order, each joins its balancers' tables after a delay and with empty caches, and the last
 * leaves first, as an event `remove` would have it.
 */
export class ScaledServers {
  private readonly tables: Tables;
  private readonly spec: AutoscalerSpec;
  private readonly log: ScalingLog;
  /** Over all servers of the world, in the order of the list. */
  private readonly servers: readonly number[];
  private readonly phase: ServerPhase[];
  /** When they came into service; Infinity while they are not. */
  private readonly sinceNs: number[];
  private readonly startTimer: (TimerId | null)[];
  /** ∫ metric dt when it was last read. */
  private readonly area: number[];
  private readNs: number;
  #count = 0;

  constructor(tables: Tables, spec: AutoscalerSpec, log: ScalingLog) {
    const { kernel, pops } = tables;
    this.tables = tables;
    this.spec = spec;
    this.log = log;
    this.servers = spec.servers.map((name) => pops.serverNames.indexOf(`${spec.pop}/${name}`));
    this.phase = this.servers.map(() => 'off');
    this.sinceNs = this.servers.map(() => Infinity);
    this.startTimer = this.servers.map(() => null);
    this.readNs = kernel.nowNs;
    this.servers.forEach((_, place) => {
      this.#enter(place, place < spec.initial ? 'in-service' : 'off');
    });
    this.#count = spec.initial;
    this.area = this.servers.map((_, place) => this.#areaOf(place));
  }

  /** Asked for: in service, or starting. */
  get count(): number {
    return this.#count;
  }

  /**
   * The metric since the last reading, summed over those that were in service all the while;
   * others have none yet.
   */
  read(): ReplicaReading {
    const { nowNs } = this.tables.kernel;
    const lengthNs = nowNs - this.readNs;
    const reading = { ready: 0, usage: 0, capacity: 0, unready: 0, unreadyCapacity: 0 };
    for (let place = 0; place < this.servers.length; place++) {
      const area = this.#areaOf(place);
      const usage = (area - this.area[place]!) / lengthNs;
      this.area[place] = area;
      if (place >= this.#count) continue;
      if (this.sinceNs[place]! <= this.readNs) {
        reading.ready++;
        reading.usage += usage;
        reading.capacity += this.#capacityOf(place);
      } else {
        reading.unready++;
        reading.unreadyCapacity += this.#capacityOf(place);
      }
    }
    this.readNs = nowNs;
    return { current: this.#count, ...reading };
  }

  scaleTo(count: number): void {
    while (this.#count < count) this.#start(this.#count++);
    while (this.#count > count) this.#stop(--this.#count);
  }

  #start(place: number): void {
    const { kernel, caches } = this.tables;
    this.#enter(place, 'starting');
    this.startTimer[place] = kernel.after(this.spec.startDelayNs, () => {
      this.startTimer[place] = null;
      caches.clear(this.servers[place]!);
      this.#enter(place, 'in-service');
      this.#setMember(place, true);
    });
  }

  #stop(place: number): void {
    const timer = this.startTimer[place]!;
    if (timer !== null) this.tables.kernel.cancel(timer);
    this.startTimer[place] = null;
    if (this.phase[place] === 'in-service') this.#setMember(place, false);
    this.sinceNs[place] = Infinity;
    this.#enter(place, 'ending');
    this.#endWhenEmpty(place);
  }

  #endWhenEmpty(place: number): void {
    const { kernel, stations } = this.tables;
    if (this.phase[place] !== 'ending') return;
    if (stations.insideCount(this.servers[place]!) === 0) this.#enter(place, 'off');
    else kernel.after(ENDING_CHECK_NS, () => this.#endWhenEmpty(place));
  }

  #enter(place: number, phase: ServerPhase): void {
    const { nowNs } = this.tables.kernel;
    this.phase[place] = phase;
    if (phase === 'in-service') this.sinceNs[place] = nowNs;
    this.log.entered(nowNs, this.servers[place]!, phase);
  }

  #setMember(place: number, isMember: boolean): void {
    const { membership, keyMoves, pops } = this.tables;
    const server = this.servers[place]!;
    membership.setMember(server, isMember);
    keyMoves.serverChanged(pops.popOf(server));
  }

  #areaOf(place: number): number {
    const { stations, kernel } = this.tables;
    const server = this.servers[place]!;
    return this.spec.metric === 'utilisation'
      ? stations.gauges.busyAreaEver(server, kernel.nowNs)
      : stations.gauges.insideAreaEver(server, kernel.nowNs);
  }

  #capacityOf(place: number): number {
    if (this.spec.metric === 'concurrency') return 1;
    return this.tables.stations.gauges.concurrency(this.servers[place]!);
  }
}
