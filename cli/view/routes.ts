import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Bundle } from './bundle.ts';
import { DamagedPiece, type DataPiece } from './data-piece.ts';
import type { LiveFeed } from './live-feed.ts';
import type { ViewSource } from './view-source.ts';

type ViewContext = Context<{ Bindings: HttpBindings }>;

/** Shorter bodies fit into a packet or two as they are. */
const COMPRESSED_FROM_BYTES = 1024;
/** Keeps proxies and sleeping laptops from closing a quiet event stream. */
const HEARTBEAT_MS = 15_000;

const compress = promisify(gzip);

/**
 * Everything that can be asked for:
 *
 *     /            the page            /data       ids, as a JSON list
 *     /assets/…    its parts           /data/ID    one piece
 *                                      /live       server-sent events, while a run goes on
 *
 * A path is looked up whole in maps that were filled before; none is ever put together with a
 * folder's.
 */
export function routes(source: ViewSource, bundle: Bundle): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get('/', (context) => send(context, pageOf(bundle, '/index.html')!));
  app.get('/live', (context) => live(context, source.feed));
  app.get('/data', (context) => {
    context.header('Cache-Control', 'no-cache');
    return context.json([...source.pieces().keys()]);
  });
  app.get('/data/:id', (context) => {
    const piece = source.pieces().get(context.req.param('id'));
    return piece === undefined ? context.notFound() : send(context, piece);
  });
  app.get('*', (context) => {
    const page = pageOf(bundle, context.req.path);
    return page === null ? context.notFound() : send(context, page);
  });
  app.notFound((context) => context.text('not found', 404));
  app.onError((error, context) =>
    error instanceof DamagedPiece
      ? context.json({ damaged: error.message }, 500)
      : context.text('bad request', 400),
  );
  return app;
}

function pageOf(bundle: Bundle, path: string): Piece | null {
  const file = bundle.get(path);
  return file === undefined ? null : { ...file, read: () => Promise.resolve(file.bytes) };
}

type Piece = Omit<DataPiece, 'type'> & { readonly type: string };

/** One body, compressed where the client can and it pays; 304 where the client has it. */
async function send(context: ViewContext, piece: Piece): Promise<Response> {
  context.header('ETag', piece.etag);
  context.header('Vary', 'Accept-Encoding');
  context.header('Cache-Control', 'no-cache');
  if (context.req.header('if-none-match') === piece.etag) return context.body(null, 304);
  const bytes = await piece.read();
  context.header('Content-Type', piece.type);
  const accepts = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '');
  if (!accepts || bytes.length < COMPRESSED_FROM_BYTES || piece.type.startsWith('font/')) {
    return context.body(new Uint8Array(bytes));
  }
  context.header('Content-Encoding', 'gzip');
  // The fastest level: over loopback there is nothing to save, through a tunnel a factor of four.
  return context.body(new Uint8Array(await compress(bytes, { level: 1 })));
}

/** 204 tells the browser's EventSource not to come back: nothing will happen here any more. */
function live(context: ViewContext, feed: LiveFeed | null): Response {
  if (feed === null || feed.hasEnded) return context.body(null, 204);
  if (context.req.method === 'HEAD') return context.body(null, 200);
  return streamSSE(context, async (stream) => {
    const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS);
    let unsubscribe = (): void => undefined;
    await new Promise<void>((resolve) => {
      stream.onAbort(resolve);
      context.env.outgoing.once('close', resolve);
      unsubscribe = feed.subscribe({
        write: async (event) => {
          await stream.writeSSE(event);
          if (event.event === 'end') resolve();
        },
        drop: () => context.env.outgoing.destroy(),
      });
    });
    clearInterval(heartbeat);
    unsubscribe();
  });
}
