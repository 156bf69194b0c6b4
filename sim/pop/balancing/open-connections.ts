import { NONE } from '../../requests.ts';

interface Connection {
  readonly server: number;
  usedNs: number;
}

/** Which server holds each client's connection: its socket, of which no balancer knows. */
export class OpenConnections {
  private readonly idleNs: number;
  readonly #ofClient = new Map<number, Connection>();

  constructor(idleNs: number) {
    this.idleNs = idleNs;
  }

  /** The server of the client's connection, which is used now; NONE without an open one. */
  use(client: number, nowNs: number): number {
    const connection = this.#ofClient.get(client);
    if (connection === undefined || nowNs - connection.usedNs > this.idleNs) return NONE;
    connection.usedNs = nowNs;
    return connection.server;
  }

  open(client: number, server: number, nowNs: number): void {
    this.#ofClient.set(client, { server, usedNs: nowNs });
  }

  /** By whoever. */
  close(client: number): void {
    this.#ofClient.delete(client);
  }
}
