import type { TransportSpec } from '../../world.ts';

/** A client's connection through an L4 balancer. */
interface Connection {
  readonly server: number;
  readonly balancer: number;
  usedNs: number;
}

/** Who owns a key now, and who did before. */
interface Owners {
  present: number;
  previous: number;
}

/** A packet as an instance of an L4 balancer sees it. */
export interface Packet {
  readonly client: string;
  readonly keyHash: number;
  readonly balancer: number;
  readonly isNew: boolean;
  readonly nowNs: number;
  /** Where the table sends the key. */
  readonly target: number;
  /** Whom a table of all members names for the key at the n-th look: see `FullTables`. */
  readonly named: (look: number) => number;
  /** Whether the process of a server is gone, and with it all its connections. */
  readonly isGone: (server: number) => boolean;
}

/** Where the packet ends; `isBroken`: at a server that does not know the connection. */
export interface Delivery {
  readonly server: number;
  readonly isBroken: boolean;
}

/**
 * Connections through L4 balancers, whose tables look at every packet: when the table changes, a
 * packet of an open connection may reach a server without it, and the connection breaks, unless the
 * balancer remembers it (a connection table), or the packet is passed on: to the second server of
 * the key (GLB) or to its previous owner (Faild).
 *
 * A key's previous owner is known from the packets seen: two changes between two packets count as
 * one.
 */
export class KeptConnections {
  readonly #kind: TransportSpec['kind'];
  readonly #capacity: number;
  readonly #idleNs: number;
  readonly #open = new Map<string, Connection>();
  /** By instance, least recently used first. */
  readonly #remembered = new Map<number, Map<string, number>>();
  readonly #owners = new Map<number, Owners>();

  constructor({ kind, capacity }: TransportSpec, idleNs: number) {
    this.#kind = kind;
    this.#capacity = capacity;
    this.#idleNs = idleNs;
  }

  deliver(packet: Packet): Delivery {
    const { client, balancer, isNew, nowNs } = packet;
    const connection = isNew ? undefined : this.#open.get(client);
    const isOpen = connection !== undefined && nowNs - connection.usedNs <= this.#idleNs;
    const { target } = packet;
    const previous = this.#note(packet.keyHash, target);
    if (!isOpen) {
      if (target >= 0) this.#begin(client, target, balancer, nowNs);
      return { server: target, isBroken: false };
    }
    connection.usedNs = nowNs;
    const isAlive = !packet.isGone(connection.server);
    if (isAlive && this.#reaches(connection, packet, target, previous)) {
      if (this.#kind === 'connection-table') this.#remember(balancer, client, connection.server);
      return { server: connection.server, isBroken: false };
    }
    this.#open.delete(client);
    return { server: target, isBroken: true };
  }

  /** The client's connection is closed, by whoever. */
  close(client: string): void {
    this.#open.delete(client);
  }

  #reaches(connection: Connection, packet: Packet, target: number, previous: number): boolean {
    const { server } = connection;
    if (target === server) return true;
    if (this.#kind === 'connection-table') {
      return this.#remembered.get(packet.balancer)?.get(packet.client) === server;
    }
    if (this.#kind === 'second-chance') {
      return packet.named(0) === server || packet.named(1) === server;
    }
    return this.#kind === 'previous' && previous === server;
  }

  #begin(client: string, server: number, balancer: number, nowNs: number): void {
    this.#open.set(client, { server, balancer, usedNs: nowNs });
    if (this.#kind === 'connection-table') this.#remember(balancer, client, server);
  }

  #remember(balancer: number, client: string, server: number): void {
    const table = this.#remembered.get(balancer) ?? new Map<string, number>();
    this.#remembered.set(balancer, table);
    table.delete(client);
    table.set(client, server);
    if (table.size <= this.#capacity) return;
    const [oldest] = table.keys();
    table.delete(oldest!);
  }

  /** Notes the key's owner; answers with the one before. */
  #note(keyHash: number, owner: number): number {
    const owners = this.#owners.get(keyHash);
    if (owners === undefined) {
      this.#owners.set(keyHash, { present: owner, previous: owner });
      return owner;
    }
    if (owners.present !== owner) {
      owners.previous = owners.present;
      owners.present = owner;
    }
    return owners.previous;
  }
}
