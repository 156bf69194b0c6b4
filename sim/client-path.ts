import { purposeKey, uniformFrom } from './kernel/random.ts';
import { mathisBps, synLossNs, transferNs } from './network/transport.ts';
import { NONE } from './requests.ts';
import type { Tables } from './tables.ts';
import { ConnectionState } from './traffic/connections.ts';

const PROTOCOL = purposeKey('protocol');
const SYN_LOSS = purposeKey('syn-loss');

/**
 * The way between a client and its POP: address, route, connection, transfer. Delays are in ns, not
 * rounded; the two directions are taken to be alike.
 */
export class ClientPath {
  private readonly tables: Tables;
  /** Cumulative shares of the protocols, and the round trips their handshakes cost. */
  private readonly protocolShares: readonly number[];
  private readonly handshakeRoundTrips: readonly number[];

  constructor(tables: Tables) {
    this.tables = tables;
    const { protocols } = tables.world.traffic;
    let sum = 0;
    this.protocolShares = protocols.map(({ share }) => (sum += share));
    this.handshakeRoundTrips = protocols.map(({ handshakeRoundTrips }) => handshakeRoundTrips);
  }

  /**
   * Decides where the present attempt goes: fills `prefix`, `pop`, `rttNs` and `bestRttNs`. The
   * POP is NONE where there is no route. A client with an open connection uses it, whatever the
   * DNS says today.
   */
  route(request: number): void {
    const { requests, routing, connections, accessRttNs, kernel } = this.tables;
    if (routing === null) return;
    const region = requests.region[request]!;
    const client = requests.client[request]!;
    const kept =
      requests.attempt[request] === 0 ? connections.keptPrefix(region, client, kernel.nowNs) : NONE;
    const prefix = kept === NONE ? routing.prefixFor(region, client, kernel.nowNs) : kept;
    const accessNs = accessRttNs[region]!;
    requests.prefix[request] = prefix;
    requests.pop[request] = prefix === NONE ? NONE : routing.popOf(prefix, region);
    requests.rttNs[request] = prefix === NONE ? 0 : 2 * routing.oneWayNs(prefix, region) + accessNs;
    requests.bestRttNs[request] = routing.bestRttNs(region) + accessNs;
  }

  /** From the client's first packet to the request's arrival at its POP. */
  reachNs(request: number): number {
    const { requests, connections, observers, routing, kernel } = this.tables;
    if (routing === null) return 0;
    const region = requests.region[request]!;
    const client = requests.client[request]!;
    const pop = requests.pop[request]!;
    const rttNs = requests.rttNs[request]!;
    const { nowNs } = kernel;
    const keptPop = connections.popOf(region, client);
    const state = connections.use(region, client, requests.prefix[request]!, pop, nowNs);
    requests.newConnection[request] = state === ConnectionState.Reused ? 0 : 1;
    if (state === ConnectionState.Reused) return rttNs / 2;
    observers.connectionOpened(region, pop, nowNs);
    const setupNs = this.#handshakeNs(request, rttNs) + this.#synLossNs(request);
    if (state === ConnectionState.New) return setupNs + rttNs / 2;
    observers.connectionBroken(region, keptPop, pop, nowNs);
    return rttNs + setupNs + rttNs / 2;
  }

  /** From the server's first byte to the client's last, at the path's rate now. */
  responseNs(request: number): number {
    const { requests, backbone, routing, world, kernel } = this.tables;
    const sizeBytes = requests.sizeBytes[request]!;
    const rttNs = requests.rttNs[request]!;
    const egress = backbone.egressPipe(requests.pop[request]!);
    const { pipes } = backbone;
    pipes.carry(egress, sizeBytes, kernel.nowNs);
    if (routing === null) return 0;
    const load = pipes.utilisation(egress, kernel.nowNs);
    const accessBps = world.traffic.accessBps;
    const sharedBps = load > 1 ? accessBps / load : accessBps;
    const loss = this.#lossRatio(request);
    const rateBps = loss > 0 ? Math.min(sharedBps, mathisBps(rttNs, loss)) : sharedBps;
    return transferNs(sizeBytes, rttNs, rateBps) + pipes.delayNs(egress, kernel.nowNs);
  }

  /** Whether the network still delivers the attempt's packets to the POP that answers. */
  isIntact(request: number): boolean {
    const { requests, routing } = this.tables;
    if (routing === null) return true;
    const pop = routing.popOf(requests.prefix[request]!, requests.region[request]!);
    return pop === requests.pop[request]!;
  }

  #handshakeNs(request: number, rttNs: number): number {
    const shares = this.protocolShares;
    const uniform = uniformFrom(this.tables.requests.seed[request]!, PROTOCOL);
    let protocol = 0;
    while (protocol < shares.length - 1 && uniform >= shares[protocol]!) protocol++;
    return this.handshakeRoundTrips[protocol]! * rttNs;
  }

  /** On the region's access network or at the POP's egress, set by events. */
  #lossRatio(request: number): number {
    const { requests, backbone, regionLossRatio } = this.tables;
    const ofPop = backbone.pipes.extraLossRatio(backbone.egressPipe(requests.pop[request]!));
    return 1 - (1 - regionLossRatio[requests.region[request]!]!) * (1 - ofPop);
  }

  #synLossNs(request: number): number {
    const loss = this.#lossRatio(request);
    if (loss === 0) return 0;
    return synLossNs(uniformFrom(this.tables.requests.seed[request]!, SYN_LOSS), loss);
  }
}
