import { createServer, type Server } from 'node:http';
import { hostname, networkInterfaces } from 'node:os';
import { getRequestListener } from '@hono/node-server';
import { refusalOf } from './access.ts';
import type { Bundle } from './bundle.ts';
import { ConnectionLimit } from './connection-limit.ts';
import { listen, type Listening } from './listen.ts';
import { routes } from './routes.ts';
import { TokenGate } from './token.ts';
import type { ViewSource } from './view-source.ts';

export interface ViewOptions {
  /** `localhost` (both loopback addresses), or an address; beyond loopback only with a token. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly allowedHosts: readonly string[];
  /** Ask for a token, given in the address. */
  readonly hasToken: boolean;
}

export interface ViewServer extends Listening {
  /** What to open; holds the token, where there is one. */
  readonly url: string;
}

/** Sent with every answer. Nothing may be loaded, framed, submitted or sniffed from elsewhere. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/** A request without body that takes longer is stalling. */
const REQUEST_TIMEOUT_MS = 10_000;
/** No address of ours is long; Node answers 431 beyond. */
const HEADERS_BYTES_MAX = 16 * 1024;

/** Serves `source` until it is closed; rejects if the port is taken. */
export async function serveView(
  source: ViewSource,
  bundle: Bundle,
  options: ViewOptions,
): Promise<ViewServer> {
  const listener = getRequestListener(routes(source, bundle).fetch);
  const gate = options.hasToken ? new TokenGate() : null;
  const limit = new ConnectionLimit();
  const allowedHosts = [...options.allowedHosts, ...(gate === null ? [] : ownNames())];
  const create = (): Server => {
    const server = createServer({ maxHeaderSize: HEADERS_BYTES_MAX }, (request, response) => {
      if (limit.isRefused(request.socket)) return void response.destroy();
      const port = request.socket.localPort!;
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
      const refusal = refusalOf(
        { method: request.method ?? '', target: request.url ?? '', headers: request.headers },
        { port, allowedHosts },
      );
      if (refusal !== null) {
        response.writeHead(refusal, { Connection: 'close', 'Content-Length': 0 }).end();
      } else if (gate === null || gate.admit(request, response, port)) {
        void listener(request, response);
      }
    });
    server.headersTimeout = REQUEST_TIMEOUT_MS;
    server.requestTimeout = REQUEST_TIMEOUT_MS;
    limit.guard(server);
    return server;
  };
  const listening = await listen(create, options.host, options.port);
  return { ...listening, url: addressOf(listening, options, gate) };
}

/** What other machines call this one: only for those who have the token anyway. */
function ownNames(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return [
    hostname(),
    ...addresses.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address)),
  ];
}

function addressOf(
  { port, addresses }: Listening,
  { host }: ViewOptions,
  gate: TokenGate | null,
): string {
  const address = addresses[0]!;
  const isEverywhere = address === '0.0.0.0' || address === '::';
  const shown = isEverywhere ? hostname() : address.includes(':') ? `[${address}]` : address;
  const name = host === 'localhost' ? '127.0.0.1' : shown;
  return `http://${name}:${port}/${gate === null ? '' : `?token=${gate.token}`}`;
}
