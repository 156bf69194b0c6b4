import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** One reader has a few connections; more than this, on both addresses together, is no reader. */
export const CONNECTIONS_MAX = 64;

/** A refused client that does not hang up by itself. */
const GOODBYE_MS = 1000;

const REFUSAL =
  'HTTP/1.1 503 Service Unavailable\r\n' +
  'Retry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/** Counts the connections of all listeners and tells the one too many so, instead of waiting. */
export class ConnectionLimit {
  readonly #open = new Set<Socket>();
  readonly #refused = new WeakSet<Socket>();

  guard(server: Server): void {
    // Before Node's own listener, which would begin to read requests.
    server.prependListener('connection', (socket: Socket) => {
      if (this.#open.size >= CONNECTIONS_MAX) {
        this.#refused.add(socket);
        socket.end(REFUSAL);
        setTimeout(() => socket.destroy(), GOODBYE_MS).unref();
        return;
      }
      this.#open.add(socket);
      socket.once('close', () => this.#open.delete(socket));
    });
  }

  /** What such a client sent is read, so that the refusal reaches it, but not answered again. */
  isRefused(socket: Socket): boolean {
    return this.#refused.has(socket);
  }
}
