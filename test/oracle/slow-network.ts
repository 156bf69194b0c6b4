import { purposeKey, uniformFrom } from '../../sim/kernel/random.ts';
import type { Backbone } from '../../sim/network/backbone.ts';
import { transferNs } from '../../sim/network/transport.ts';
import type { Routing } from '../../sim/routing/routing.ts';
import type { TrafficSpec } from '../../sim/world.ts';
import type { Agenda } from './processes.ts';
import type { SlowRequest } from './slow-request.ts';

const PROTOCOL = purposeKey('protocol');

/** Between clients and POPs: the routing's answers, and the connection each client keeps. */
export class SlowNetwork {
  readonly #routing: Routing;
  readonly #backbone: Backbone;
  readonly #agenda: Agenda;
  readonly #traffic: TrafficSpec;
  readonly #accessRttNs: Float64Array;
  readonly #connections = new Map<string, { prefix: number; pop: number; usedNs: number }>();

  constructor(
    routing: Routing,
    backbone: Backbone,
    agenda: Agenda,
    traffic: TrafficSpec,
    accessRttNs: Float64Array,
  ) {
    this.#routing = routing;
    this.#backbone = backbone;
    this.#agenda = agenda;
    this.#traffic = traffic;
    this.#accessRttNs = accessRttNs;
  }

  /** Address and POP of the present attempt. A first attempt keeps to an open connection. */
  route(request: SlowRequest): void {
    const { region, client } = request;
    const kept = request.attempt === 0 ? this.#open(request)?.prefix : undefined;
    request.prefix = kept ?? this.#routing.prefixFor(region, client, this.#agenda.nowNs);
    request.pop = request.prefix < 0 ? -1 : this.#routing.popOf(request.prefix, region);
    request.rttNs =
      request.prefix < 0
        ? 0
        : 2 * this.#routing.oneWayNs(request.prefix, region) + this.#accessRttNs[region]!;
  }

  /** From the client's first packet to the request's arrival at the POP. */
  reachNs(request: SlowRequest): number {
    const open = this.#open(request);
    const isKept = open !== undefined && open.prefix === request.prefix;
    const isBroken = isKept && open.pop !== request.pop;
    const { prefix, pop } = request;
    this.#connections.set(key(request), { prefix, pop, usedNs: this.#agenda.nowNs });
    request.isNewConnection = !isKept || isBroken;
    const halfNs = request.rttNs / 2;
    if (!request.isNewConnection) return halfNs;
    const handshakeNs = this.#roundTrips(request) * request.rttNs;
    return isBroken ? request.rttNs + handshakeNs + halfNs : handshakeNs + halfNs;
  }

  responseNs(request: SlowRequest): number {
    const { pipes } = this.#backbone;
    const { nowNs } = this.#agenda;
    const egress = this.#backbone.egressPipe(request.pop);
    pipes.carry(egress, request.sizeBytes, nowNs);
    const load = Math.max(1, pipes.utilisation(egress, nowNs));
    const transfer = transferNs(request.sizeBytes, request.rttNs, this.#traffic.accessBps / load);
    return transfer + pipes.delayNs(egress, nowNs);
  }

  /** Whether the client's packets still reach the POP that answers. */
  isIntact(request: SlowRequest): boolean {
    return this.#routing.popOf(request.prefix, request.region) === request.pop;
  }

  drop(request: SlowRequest): void {
    this.#connections.delete(key(request));
  }

  #open(request: SlowRequest) {
    const connection = this.#connections.get(key(request));
    if (connection === undefined) return undefined;
    const idleNs = this.#agenda.nowNs - connection.usedNs;
    return idleNs <= this.#traffic.keepAliveNs ? connection : undefined;
  }

  #roundTrips(request: SlowRequest): number {
    const uniform = uniformFrom(request.seed, PROTOCOL);
    let sum = 0;
    const protocol = this.#traffic.protocols.find(({ share }) => uniform < (sum += share));
    return (protocol ?? this.#traffic.protocols.at(-1)!).handshakeRoundTrips;
  }
}

function key({ region, client }: SlowRequest): string {
  return `${region}/${client}`;
}
