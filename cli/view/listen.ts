import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `localhost` is two addresses: both, on one port. */
const LOOPBACK = ['127.0.0.1', '::1'];

/** Ports that are free on 127.0.0.1 are nearly always free on ::1 too. */
const ATTEMPTS_MAX = 20;

/** Bound sockets of one port. */
export interface Listening {
  readonly port: number;
  readonly addresses: readonly string[];
  close(): void;
}

/**
 * Binds `localhost` (both loopback addresses, or the one there is) or one address. Port 0 takes one
 * that is free on all of them. Rejects with the system's error when the port is taken.
 */
export async function listen(create: () => Server, host: string, port: number): Promise<Listening> {
  const hosts = host === 'localhost' ? LOOPBACK : [host];
  for (let attempt = 1; ; attempt++) {
    const servers: Server[] = [];
    const close = (): void => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    };
    try {
      let bound = port;
      for (const address of hosts) {
        const server = create();
        if (!(await bind(server, address, bound, servers.length > 0))) continue;
        servers.push(server);
        bound = (server.address() as AddressInfo).port;
      }
      const addresses = servers.map((server) => (server.address() as AddressInfo).address);
      return { port: bound, addresses, close };
    } catch (error) {
      close();
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (port !== 0 || !isTaken || attempt === ATTEMPTS_MAX) throw error;
    }
  }
}

/** False: this machine has no such address, and another one is bound already. */
function bind(server: Server, host: string, port: number, isSpare: boolean): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT';
      if (isSpare && isMissing) resolve(false);
      else reject(error);
    });
    server.listen({ port, host, ipv6Only: host !== '::' }, () => resolve(true));
  });
}
