import { RouteClass } from './announcements.ts';
import { type GaoRexford, UNREACHED } from './gao-rexford.ts';
import { HeardBy, LengthRepair } from './length-repair.ts';

/**
 * Brings a solution up to date after some announcements changed, at the cost of what changes
 * rather than of the Internet: the three phases of `GaoRexford`, each as a repair.
 *
 * Note that a withdrawal can shorten routes: an AS that falls from a long customer route to a short
 * peer route offers its customers a shorter one than before.
 */
export class RouteUpdater {
  private readonly solver: GaoRexford;
  private readonly climb: LengthRepair;
  private readonly descend: LengthRepair;
  /** ASes whose customer route changed, and its length before. */
  private readonly climbed: number[] = [];
  private readonly climbedBefore: number[] = [];
  private readonly changed: number[] = [];

  constructor(solver: GaoRexford) {
    this.solver = solver;
    const { graph, routeClass, customerLength, length } = solver;
    const customers = [graph.first, graph.firstPeer] as const;
    const providers = [graph.firstProvider, graph.first.subarray(1)] as const;
    this.climb = new LengthRepair({
      lengths: customerLength,
      routeClass,
      neighbour: graph.neighbour,
      heardFrom: customers[0],
      heardFromEnd: customers[1],
      tells: providers[0],
      tellsEnd: providers[1],
      freeFrom: RouteClass.Customer,
      onChange: (as, before) => {
        this.climbed.push(as);
        this.climbedBefore.push(before);
      },
    });
    this.descend = new LengthRepair({
      lengths: length,
      routeClass,
      neighbour: graph.neighbour,
      heardFrom: providers[0],
      heardFromEnd: providers[1],
      tells: customers[0],
      tellsEnd: customers[1],
      freeFrom: RouteClass.Provider,
      onChange: (as) => this.changed.push(as),
    });
  }

  /**
   * Call after changing `length` of these announcements of the last `solve`. Returns the ASes whose
   * length changed, valid until the next call; others may have gained or lost tied next hops.
   */
  update(announcementIndices: Iterable<number>): readonly number[] {
    const { announcements, firstHeard, nextHeard, customerLength } = this.solver;
    const { as, routeClass } = announcements!;
    const heard = new HeardBy(firstHeard, nextHeard, announcements!);
    const peersToCheck: number[] = [];
    const customersToCheck: number[] = [];
    this.climbed.length = 0;
    this.climbedBefore.length = 0;
    this.changed.length = 0;
    for (const i of announcementIndices) {
      const hearer = as[i]!;
      if (this.solver.routeClass[hearer] === RouteClass.Own) continue;
      if (routeClass[i] === RouteClass.Customer) {
        this.climb.want(hearer, this.climb.justified(hearer, heard, 0));
      } else if (routeClass[i] === RouteClass.Peer) {
        peersToCheck.push(hearer);
      } else {
        customersToCheck.push(hearer);
      }
    }
    this.climb.run(heard);
    for (const hearer of this.climbed) this.settle(hearer, heard);
    for (const hearer of peersToCheck) {
      if (customerLength[hearer] === UNREACHED) this.settle(hearer, heard);
    }
    for (let i = 0; i < this.climbed.length; i++) this.tellPeers(i, heard);
    for (const hearer of customersToCheck) {
      if (this.solver.routeClass[hearer]! < RouteClass.Provider) continue;
      this.descend.want(hearer, this.descend.justified(hearer, heard, 0));
    }
    this.descend.run(heard);
    this.classifyProviderRoutes();
    return this.changed;
  }

  /** Finds the class of an AS anew from customer and peer routes; lengths are the descent's. */
  private settle(as: number, heard: HeardBy): void {
    const { customerLength, routeClass } = this.solver;
    if (customerLength[as] !== UNREACHED) {
      routeClass[as] = RouteClass.Customer;
      this.descend.want(as, customerLength[as]!);
      return;
    }
    this.takePeerRoute(as, this.peerLength(as, heard, 0), heard);
  }

  private takePeerRoute(as: number, peerLength: number, heard: HeardBy): void {
    const { routeClass, length } = this.solver;
    if (peerLength !== UNREACHED) {
      routeClass[as] = RouteClass.Peer;
      this.descend.want(as, peerLength);
      return;
    }
    // Free to take what providers offer; the final word is `classifyProviderRoutes`.
    routeClass[as] = length[as] === UNREACHED ? RouteClass.None : RouteClass.Provider;
    this.descend.want(as, this.descend.justified(as, heard, 0));
  }

  /** Peers without a customer route of an AS whose customer route changed. */
  private tellPeers(i: number, heard: HeardBy): void {
    const { graph, customerLength, routeClass, length } = this.solver;
    const as = this.climbed[i]!;
    const offeredBefore = this.climbedBefore[i]! === UNREACHED ? -1 : this.climbedBefore[i]! + 1;
    const offered = customerLength[as] === UNREACHED ? UNREACHED : customerLength[as]! + 1;
    for (let link = graph.firstPeer[as]!; link < graph.firstProvider[as]!; link++) {
      const peer = graph.neighbour[link]!;
      if (customerLength[peer] !== UNREACHED) continue;
      const held = this.heldPeerLength(peer, routeClass, length);
      if (offered < held) this.takePeerRoute(peer, offered, heard);
      else if (offeredBefore === held && offered > held) {
        const peerLength = this.peerLength(peer, heard, held);
        if (peerLength !== held) this.takePeerRoute(peer, peerLength, heard);
      }
    }
  }

  private heldPeerLength(as: number, routeClass: Uint8Array, length: Uint16Array): number {
    if (routeClass[as] !== RouteClass.Peer) return UNREACHED;
    return this.descend.wantedOr(as, length[as]!);
  }

  /** Shortest route that peers offer; stops looking at `enough`. */
  private peerLength(as: number, heard: HeardBy, enough: number): number {
    const { graph, customerLength, routeClass } = this.solver;
    let least = heard.least(as, RouteClass.Peer);
    const end = graph.firstProvider[as]!;
    for (let link = graph.firstPeer[as]!; link < end && least > enough; link++) {
      const peer = graph.neighbour[link]!;
      if (routeClass[peer] === RouteClass.Own) continue;
      if (customerLength[peer]! + 1 < least) least = customerLength[peer]! + 1;
    }
    return least;
  }

  /** Whoever takes its length from providers has a provider route, or none. */
  private classifyProviderRoutes(): void {
    const { routeClass, length } = this.solver;
    for (const as of this.changed) {
      if (routeClass[as]! < RouteClass.Provider) continue;
      routeClass[as] = length[as] === UNREACHED ? RouteClass.None : RouteClass.Provider;
    }
  }
}
