import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { packageRoot } from '../package-root.ts';
import { refusalOf } from './access.ts';

/** What can be asked for: every piece by an id that is fixed when the server starts. */
export interface ViewContent {
  readonly page: string;
  /** JSON texts by id (`summary`, `manifest`, `timeline-0` …). */
  readonly data: ReadonlyMap<string, string>;
}

export interface ViewOptions {
  readonly host: '127.0.0.1' | '::1';
  /** 0 takes a free one. */
  readonly port: number;
  readonly allowedHosts: readonly string[];
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
  'Cache-Control': 'no-store',
};

/** One reader has a few connections; more than this is not a reader. */
const CONNECTIONS_MAX = 64;
/** A request without body that takes longer is stalling. */
const REQUEST_TIMEOUT_MS = 10_000;

/** Serves `content` on loopback until the server is closed; rejects if the port is taken. */
export async function serveView(content: ViewContent, options: ViewOptions): Promise<Server> {
  const listener = getRequestListener(routes(content).fetch);
  const server = createServer((request, response) => {
    const refusal = refusalOf(
      { method: request.method ?? '', target: request.url ?? '', headers: request.headers },
      { port: portOf(server), allowedHosts: options.allowedHosts },
    );
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    if (refusal === null) void listener(request, response);
    else response.writeHead(refusal, { Connection: 'close' }).end();
  });
  server.maxConnections = CONNECTIONS_MAX;
  server.headersTimeout = REQUEST_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return server;
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function routes(content: ViewContent): Hono {
  const stylesheet = readFileSync(new URL('cli/view/style.css', packageRoot()), 'utf8');
  const app = new Hono();
  app.get('/', (context) => context.html(content.page));
  app.get('/style.css', (context) => {
    context.header('Content-Type', 'text/css; charset=utf-8');
    return context.body(stylesheet);
  });
  app.get('/data', (context) => context.json([...content.data.keys()]));
  app.get('/data/:id', (context) => {
    const text = content.data.get(context.req.param('id'));
    if (text === undefined) return context.notFound();
    context.header('Content-Type', 'application/json; charset=utf-8');
    return context.body(text);
  });
  app.notFound((context) => context.text('not found', 404));
  app.onError((_error, context) => context.text('bad request', 400));
  return app;
}
