import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonPiece } from '../../cli/view/data-piece.ts';
import { BUFFERED_BYTES_MAX, LiveFeed, type LiveEvent } from '../../cli/view/live-feed.ts';
import { serveView, type ViewServer } from '../../cli/view/server.ts';
import { send } from './raw-http.ts';

const GREETING: LiveEvent = { event: 'progress', data: '{"done":[0]}' };
/** What the kernel buffers on both ends of a loopback connection, generously. */
const KERNEL_BYTES_MAX = 8 * 1024 * 1024;

let feed: LiveFeed;
let server: ViewServer;

beforeAll(async () => {
  feed = new LiveFeed(() => GREETING);
  const pieces = new Map([['summary', jsonPiece('{}')]]);
  const page = { type: 'text/html', etag: '"1"', bytes: Buffer.from('<!doctype html>') };
  server = await serveView(
    { pieces: () => pieces, feed, close: () => undefined },
    new Map([['/index.html', page]]),
    { host: 'localhost', port: 0, allowedHosts: [], hasToken: false },
  );
});
afterAll(() => server.close());

/** A page that listens: `events` fills up; the response ends when the server ends it. */
async function listenTo(port: number): Promise<{ events: LiveEvent[]; ended: Promise<void> }> {
  const response = await fetch(`http://127.0.0.1:${port}/live`);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const events: LiveEvent[] = [];
  const read = async (): Promise<void> => {
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) {
        const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(block)!;
        events.push({ event: event!, data: data! });
      }
    }
  };
  return { events, ended: read() };
}

describe('the feed', () => {
  it('HEAD does not subscribe', async () => {
    await send(server.port, 'HEAD /live HTTP/1.1', ['Host: localhost']);
    expect(feed.clientCount).toBe(0);
  });

  it('D-8: a page that stops reading is dropped at 1 MiB; another hears everything', async () => {
    const reader = await listenTo(server.port);
    const stalled = connect(server.port, '127.0.0.1');
    stalled.on('error', () => undefined);
    let closed = false;
    stalled.on('close', () => (closed = true));
    stalled.write('GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n');
    stalled.pause();
    await expect.poll(() => feed.clientCount).toBe(2);

    const event = { event: 'data', data: 'x'.repeat(32 * 1024) };
    let sent = 0;
    while (feed.clientCount === 2 && sent * event.data.length < KERNEL_BYTES_MAX) {
      feed.send(event);
      sent++;
      await expect.poll(() => reader.events.length, { interval: 1 }).toBe(sent + 1);
    }
    expect(feed.clientCount).toBe(1);
    expect(sent * event.data.length).toBeGreaterThanOrEqual(BUFFERED_BYTES_MAX);
    expect(reader.events[0]).toEqual(GREETING);
    expect(reader.events.at(-1)).toEqual(event);
    stalled.resume();
    await expect.poll(() => closed).toBe(true);
  });

  it('a page that goes away is forgotten', async () => {
    const before = feed.clientCount;
    const socket = connect(server.port, '127.0.0.1');
    socket.write('GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await expect.poll(() => feed.clientCount).toBe(before + 1);
    socket.destroy();
    await expect.poll(() => feed.clientCount).toBe(before);
  });

  it('ends the response after the end, and does not begin another', async () => {
    const reader = await listenTo(server.port);
    feed.send({ event: 'end', data: '{"state":"complete"}' });
    await reader.ended;
    expect(reader.events.map(({ event }) => event)).toEqual(['progress', 'end']);
    expect((await fetch(`http://127.0.0.1:${server.port}/live`)).status).toBe(204);
  });
});
