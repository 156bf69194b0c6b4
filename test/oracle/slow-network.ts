import { purposeKey, uniformFrom } from '../../sim/kernel/random.ts';
import type { Backbone } from '../../sim/network/backbone.ts';
import { mathisBps, synLossNs, transferNs } from '../../sim/network/transport.ts';
import type { Routing } from '../../sim/routing/routing.ts';
import type { TrafficSpec } from '../../sim/world.ts';
import type { Agenda } from './processes.ts';
import type { SlowRequest } from './slow-request.ts';
import type { SlowPop } from './slow-world.ts';

const PROTOCOL = purposeKey('protocol');
const SYN_LOSS = purposeKey('syn-loss');

export interface Between {
  readonly routing: Routing;
  readonly backbone: Backbone;
  readonly agenda: Agenda;
  readonly traffic: TrafficSpec;
  readonly accessRttNs: Float64Array;
  readonly pops: readonly SlowPop[];
  readonly lossOfRegion: ReadonlyMap<number, number>;
}

/** Between clients and POPs: the routing's answers, and the connection each client keeps. */
export class SlowNetwork {
  readonly #between: Between;
  readonly #connections = new Map<string, { prefix: number; pop: number; usedNs: number }>();

  constructor(between: Between) {
    this.#between = between;
  }

  /** Address and POP of the present attempt. A first attempt keeps to an open connection. */
  route(request: SlowRequest): void {
    const { region, client } = request;
    const kept = request.attempt === 0 ? this.#open(request)?.prefix : undefined;
    request.prefix =
      kept ?? this.#between.routing.prefixFor(region, client, this.#between.agenda.nowNs);
    request.pop = request.prefix < 0 ? -1 : this.#between.routing.popOf(request.prefix, region);
    request.rttNs =
      request.prefix < 0
        ? 0
        : 2 * this.#between.routing.oneWayNs(request.prefix, region) +
          this.#between.accessRttNs[region]!;
  }

  /** From the client's first packet to the request's arrival at the POP. */
  reachNs(request: SlowRequest): number {
    const open = this.#open(request);
    const isKept = open !== undefined && open.prefix === request.prefix;
    const isBroken = isKept && open.pop !== request.pop;
    const { prefix, pop } = request;
    this.#connections.set(key(request), { prefix, pop, usedNs: this.#between.agenda.nowNs });
    request.isNewConnection = !isKept || isBroken;
    const halfNs = request.rttNs / 2;
    if (!request.isNewConnection) return halfNs;
    const handshakeNs = this.#roundTrips(request) * request.rttNs + this.#synLossNs(request);
    return isBroken ? request.rttNs + handshakeNs + halfNs : handshakeNs + halfNs;
  }

  responseNs(request: SlowRequest): number {
    const { pipes } = this.#between.backbone;
    const { nowNs } = this.#between.agenda;
    const egress = this.#between.backbone.egressPipe(request.pop);
    pipes.carry(egress, request.sizeBytes, nowNs);
    const load = Math.max(1, pipes.utilisation(egress, nowNs));
    const loss = this.#lossRatio(request);
    const sharedBps = this.#between.traffic.accessBps / load;
    const rateBps = loss > 0 ? Math.min(sharedBps, mathisBps(request.rttNs, loss)) : sharedBps;
    const transfer = transferNs(request.sizeBytes, request.rttNs, rateBps);
    return transfer + pipes.delayNs(egress, nowNs);
  }

  /** Whether the client's packets still reach the POP that answers. */
  isIntact(request: SlowRequest): boolean {
    return this.#between.routing.popOf(request.prefix, request.region) === request.pop;
  }

  drop(request: SlowRequest): void {
    this.#connections.delete(key(request));
  }

  #open(request: SlowRequest) {
    const connection = this.#connections.get(key(request));
    if (connection === undefined) return undefined;
    const idleNs = this.#between.agenda.nowNs - connection.usedNs;
    return idleNs <= this.#between.traffic.keepAliveNs ? connection : undefined;
  }

  #lossRatio({ region, pop }: SlowRequest): number {
    const { lossOfRegion, pops } = this.#between;
    return 1 - (1 - (lossOfRegion.get(region) ?? 0)) * (1 - pops[pop]!.lossRatio);
  }

  /** Each lost SYN costs its timer. */
  #synLossNs(request: SlowRequest): number {
    const loss = this.#lossRatio(request);
    return loss === 0 ? 0 : synLossNs(uniformFrom(request.seed, SYN_LOSS), loss);
  }

  #roundTrips(request: SlowRequest): number {
    const uniform = uniformFrom(request.seed, PROTOCOL);
    let sum = 0;
    const protocol = this.#between.traffic.protocols.find(({ share }) => uniform < (sum += share));
    return (protocol ?? this.#between.traffic.protocols.at(-1)!).handshakeRoundTrips;
  }
}

function key({ region, client }: SlowRequest): string {
  return `${region}/${client}`;
}
