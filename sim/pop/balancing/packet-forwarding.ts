import {
  BeamerTable,
  CheetahCookies,
  ConnectionTable,
  deliver,
  FaildTable,
  JetTable,
  mix32,
  NO_BACKEND,
  SecondChance,
  type BackendIndex,
  type Balancer,
  type Clock,
  type ForwardingTable,
  type Policy,
} from '../../../balancer/index.ts';
import type { TransportSpec } from '../../world.ts';

/** How an instance of an L4 balancer forwards packets of connections. */
export interface PacketForwarding {
  /** Where the first packet of a connection goes. */
  open(client: number, keyHash: number, nowNs: number): BackendIndex;
  /** Whether a later one reaches `owner`, at once or by a detour. */
  reaches(owner: BackendIndex, client: number, keyHash: number, nowNs: number): boolean;
  /** A backend leaves the instance's pool. */
  forget?(backend: BackendIndex): void;
}

/** The table alone: what it says now is where packets go. */
class TableForwarding implements PacketForwarding {
  private readonly table: ForwardingTable;

  constructor(table: ForwardingTable) {
    this.table = table;
  }

  open(_client: number, keyHash: number): BackendIndex {
    return this.table.first(keyHash);
  }

  reaches(owner: BackendIndex, _client: number, keyHash: number): boolean {
    return deliver(this.table, keyHash, owner) !== 'broken';
  }
}

/** The instance remembers connections, all or some. */
class RememberedForwarding implements PacketForwarding {
  readonly table: ConnectionTable;

  constructor(table: ConnectionTable) {
    this.table = table;
  }

  open(client: number, keyHash: number, nowNs: number): BackendIndex {
    return this.table.open(client, keyHash, nowNs);
  }

  reaches(owner: BackendIndex, client: number, keyHash: number, nowNs: number): boolean {
    return this.table.route(client, keyHash, nowNs) === owner;
  }

  forget(backend: BackendIndex): void {
    this.table.forget(backend);
  }
}

const COOKIE_SECRET = 0xc4ee7a;

/** Clients carry cookies; the instance knows nothing of connections. */
class CookieForwarding implements PacketForwarding {
  private readonly balancer: Balancer;
  private readonly isMember: (backend: BackendIndex) => boolean;
  readonly #cookies = new CheetahCookies(COOKIE_SECRET);
  /** With the clients, not here. */
  readonly #carried = new Map<number, number>();

  constructor(balancer: Balancer, isMember: (backend: BackendIndex) => boolean) {
    this.balancer = balancer;
    this.isMember = isMember;
  }

  open(client: number, keyHash: number): BackendIndex {
    const picked = this.balancer.pick(keyHash, 0);
    if (picked !== NO_BACKEND) this.#carried.set(client, this.#cookies.cookieOf(client, picked));
    return picked;
  }

  reaches(owner: BackendIndex, client: number): boolean {
    const cookie = this.#carried.get(client);
    if (cookie === undefined) return false;
    return this.#cookies.backendOf(client, cookie, this.isMember) === owner;
  }
}

/** A bucket is 1/4096 of the flows: shares of ten servers are a multiple of 0.25 %. */
const BUCKETS = 4096;
const BUCKET_SALT = 0xfa11d;

/** Buckets of Faild or Beamer, which go where the policy sends them. */
class FollowingTable implements ForwardingTable {
  readonly balancer: Balancer;
  readonly table: FaildTable | BeamerTable;
  readonly #targetOf = (bucket: number) => this.balancer.pick(mix32(bucket, BUCKET_SALT), 0);
  #version = -1;

  constructor(balancer: Balancer, table: FaildTable | BeamerTable) {
    this.balancer = balancer;
    this.table = table;
  }

  first(flow: number): BackendIndex {
    if (this.#version !== this.balancer.pool.version) {
      this.#version = this.balancer.pool.version;
      this.table.follow(this.#targetOf);
    }
    return this.table.first(flow);
  }

  second(flow: number): BackendIndex {
    return this.table.second(flow);
  }
}

export interface ForwardingParts {
  readonly kind: TransportSpec['kind'];
  readonly balancer: Balancer;
  readonly clock: Clock;
  /** Of a table of connections. */
  readonly capacity: number;
  readonly idleNs: number;
  readonly chainNs: number;
  /** Of a second chance and JET: one more instance of the policy, and who stands in its table. */
  readonly makePolicy: () => Policy;
  readonly isMember: (backend: BackendIndex) => boolean;
}

export function createForwarding(parts: ForwardingParts): PacketForwarding {
  const { kind, balancer } = parts;
  switch (kind) {
    case 'connection-table':
      return new RememberedForwarding(new ConnectionTable(balancer, parts.capacity, parts.idleNs));
    case 'second-chance':
      return new TableForwarding(new SecondChance(balancer, parts.makePolicy(), parts.isMember));
    case 'previous':
      return new TableForwarding(
        new FollowingTable(balancer, new FaildTable(BUCKETS, [NO_BACKEND])),
      );
    case 'beamer':
      return new TableForwarding(
        new FollowingTable(balancer, new BeamerTable(BUCKETS, parts.clock, parts.chainNs)),
      );
    case 'jet':
      return new RememberedForwarding(
        new JetTable(balancer, parts.makePolicy(), parts.capacity, parts.idleNs),
      );
    case 'cheetah':
      return new CookieForwarding(balancer, parts.isMember);
    case 'none':
      return new TableForwarding({
        first: (flow) => balancer.pick(flow, 0),
        second: () => NO_BACKEND,
      });
  }
}
