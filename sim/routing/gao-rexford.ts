import { RouteClass, type Announcements } from './announcements.ts';
import type { GroupedAsGraph } from './grouped-as-graph.ts';
import { assert } from './assert.ts';

/** Length of a route that does not exist. */
export const UNREACHED = 0xffff;
/** Longest AS path the solver keeps; some of the Internet's reach 300 with their prepends. */
export const LENGTH_MAX = 1023;

/**
 * Where routes to one prefix end up when every AS prefers customer over peer over provider routes,
 * then shorter AS paths, and tells peers and providers only of own and customer routes (Gao &
 * Rexford 2001). Three phases, each breadth first by AS-path length, O(ASes + links):
 *
 *   1. up       customer routes climb from the announcements to providers, level by level;
 *   2. across   every AS with a customer route offers it to its peers;
 *   3. down     every AS with a route offers it to its customers, shortest first.
 *
 * Ties are all kept: the next hops of an AS are found again on demand (`tied-routes.ts`), since
 * they are exactly the neighbours whose exported length is one less. Lengths strictly fall along
 * next hops inside a class, so no solution has a loop even if the data has a customer cycle.
 * A solver owns its scratch memory: `solve` allocates only when announcements outnumber all before.
 */
export class GaoRexford {
  readonly graph: GroupedAsGraph;
  /** Class of the best route of each AS. */
  readonly routeClass: Uint8Array;
  /** AS-path length of the best route, prepends included; `UNREACHED` without one. */
  readonly length: Uint16Array;
  /** Length of the best customer (or own) route alone: all that peers and providers may hear. */
  readonly customerLength: Uint16Array;
  /** Announcements heard by AS a: firstHeard[a], nextHeard[that], … until -1. */
  readonly firstHeard: Int32Array;
  nextHeard: Int32Array;
  announcements: Announcements | null = null;

  private readonly queue: Uint32Array;
  private readonly bucketHead = new Int32Array(LENGTH_MAX + 2).fill(-1);
  private readonly nextInBucket: Int32Array;
  private levelMax = 0;

  constructor(graph: GroupedAsGraph) {
    this.graph = graph;
    this.routeClass = new Uint8Array(graph.asCount).fill(RouteClass.None);
    this.length = new Uint16Array(graph.asCount).fill(UNREACHED);
    this.customerLength = new Uint16Array(graph.asCount).fill(UNREACHED);
    this.firstHeard = new Int32Array(graph.asCount).fill(-1);
    this.nextHeard = new Int32Array(0);
    this.queue = new Uint32Array(graph.asCount);
    this.nextInBucket = new Int32Array(graph.asCount);
  }

  /** Replaces the solution by that of `announcements`, of which it keeps the reference. */
  solve(announcements: Announcements): void {
    this.customerLength.fill(UNREACHED);
    this.length.fill(UNREACHED);
    this.routeClass.fill(RouteClass.None);
    this.hear(announcements);
    for (const owner of announcements.owners) {
      this.customerLength[owner] = 0;
      this.length[owner] = 0;
      this.routeClass[owner] = RouteClass.Own;
    }
    const climbed = this.climb(announcements);
    this.offerToPeers(announcements, climbed);
    this.descend(announcements);
  }

  private hear(announcements: Announcements): void {
    const { count, as, length } = announcements;
    if (this.nextHeard.length < count) this.nextHeard = new Int32Array(count);
    this.firstHeard.fill(-1);
    this.levelMax = 0;
    // Backwards, so that each AS's list ascends.
    for (let i = count - 1; i >= 0; i--) {
      assert(length[i]! <= LENGTH_MAX, 'an announcement is longer than LENGTH_MAX');
      if (length[i]! > this.levelMax) this.levelMax = length[i]!;
      this.nextHeard[i] = this.firstHeard[as[i]!]!;
      this.firstHeard[as[i]!] = i;
    }
    this.announcements = announcements;
  }

  /** Phase 1. Returns how many ASes of `queue`, ascending by length, got a customer route. */
  private climb(announcements: Announcements): number {
    const { first, firstProvider, neighbour } = this.graph;
    const { customerLength, length, routeClass, queue } = this;
    let head = 0;
    let tail = 0;
    for (let level = 1; head < tail || level <= this.levelMax; level++) {
      tail = this.seedLevel(announcements, level, tail);
      for (const end = tail; head < end; head++) {
        const as = queue[head]!;
        length[as] = level;
        routeClass[as] = RouteClass.Customer;
        const linkEnd = first[as + 1]!;
        for (let link = firstProvider[as]!; link < linkEnd; link++) {
          const provider = neighbour[link]!;
          if (customerLength[provider] !== UNREACHED) continue;
          customerLength[provider] = level + 1;
          queue[tail++] = provider;
        }
      }
    }
    return tail;
  }

  /** Appends the ASes that hear a customer announcement of this length and have nothing shorter. */
  private seedLevel(announcements: Announcements, level: number, tail: number): number {
    if (level > this.levelMax) return tail;
    const { count, as, length, routeClass } = announcements;
    for (let i = 0; i < count; i++) {
      if (length[i] !== level || routeClass[i] !== RouteClass.Customer) continue;
      if (this.customerLength[as[i]!] !== UNREACHED) continue;
      this.customerLength[as[i]!] = level;
      this.queue[tail++] = as[i]!;
    }
    return tail;
  }

  /** Phase 2. */
  private offerToPeers(announcements: Announcements, climbed: number): void {
    const { firstPeer, firstProvider, neighbour } = this.graph;
    const { customerLength, length, routeClass, queue } = this;
    this.hearFromPeers(announcements);
    for (let i = 0; i < climbed; i++) {
      const as = queue[i]!;
      const offered = customerLength[as]! + 1;
      const linkEnd = firstProvider[as]!;
      for (let link = firstPeer[as]!; link < linkEnd; link++) {
        const peer = neighbour[link]!;
        // Holders of a customer route fail the test too: their class is below `Peer`.
        if (length[peer]! <= offered || routeClass[peer]! < RouteClass.Peer) continue;
        length[peer] = offered;
        routeClass[peer] = RouteClass.Peer;
      }
    }
  }

  private hearFromPeers(announcements: Announcements): void {
    const { count, as, length, routeClass } = announcements;
    for (let i = 0; i < count; i++) {
      if (routeClass[i] !== RouteClass.Peer || length[i] === 0) continue;
      const hearer = as[i]!;
      if (this.routeClass[hearer]! < RouteClass.Peer) continue;
      if (this.length[hearer]! <= length[i]!) continue;
      this.length[hearer] = length[i]!;
      this.routeClass[hearer] = RouteClass.Peer;
    }
  }

  /** Phase 3: a queue of buckets by length, as routes of all classes start it at their own. */
  private descend(announcements: Announcements): void {
    const { first, firstPeer, neighbour } = this.graph;
    const { length, routeClass, bucketHead, nextInBucket } = this;
    let last = Math.max(this.fillBuckets(), this.levelMax);
    for (let level = 1; level <= last; level++) {
      this.hearFromProviders(announcements, level);
      for (let as = bucketHead[level]!; as >= 0; as = nextInBucket[as]!) {
        const linkEnd = firstPeer[as]!;
        for (let link = first[as]!; link < linkEnd; link++) {
          const customer = neighbour[link]!;
          if (length[customer] !== UNREACHED) continue;
          length[customer] = level + 1;
          routeClass[customer] = RouteClass.Provider;
          nextInBucket[customer] = bucketHead[level + 1]!;
          bucketHead[level + 1] = customer;
          if (level === last) last++;
        }
      }
      bucketHead[level] = -1;
      assert(last <= LENGTH_MAX, 'an AS path is longer than LENGTH_MAX');
    }
  }

  /** Puts every AS with a customer or peer route where phase 3 finds it; returns the last level. */
  private fillBuckets(): number {
    const { length, bucketHead, nextInBucket } = this;
    let last = 0;
    for (let as = this.graph.asCount - 1; as >= 0; as--) {
      const level = length[as]!;
      if (level === UNREACHED || level === 0) continue;
      nextInBucket[as] = bucketHead[level]!;
      bucketHead[level] = as;
      if (level > last) last = level;
    }
    return last;
  }

  private hearFromProviders(announcements: Announcements, level: number): void {
    if (level > this.levelMax) return;
    const { count, as, length, routeClass } = announcements;
    for (let i = 0; i < count; i++) {
      if (length[i] !== level || routeClass[i] !== RouteClass.Provider) continue;
      const hearer = as[i]!;
      if (this.length[hearer] !== UNREACHED) continue;
      this.length[hearer] = level;
      this.routeClass[hearer] = RouteClass.Provider;
      this.nextInBucket[hearer] = this.bucketHead[level]!;
      this.bucketHead[level] = hearer;
    }
  }
}
