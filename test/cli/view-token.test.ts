import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonPiece } from '../../cli/view/data-piece.ts';
import { serveView, type ViewServer } from '../../cli/view/server.ts';
import { get, send } from './raw-http.ts';

let server: ViewServer;

beforeAll(async () => {
  const pieces = new Map([['summary', jsonPiece('{"format":1}')]]);
  const page = { type: 'text/html', etag: '"1"', bytes: Buffer.from('<!doctype html>') };
  server = await serveView(
    { pieces: () => pieces, feed: null, close: () => undefined },
    new Map([['/index.html', page]]),
    { host: '0.0.0.0', port: 0, allowedHosts: [], hasToken: true },
  );
});
afterAll(() => server.close());

const token = (): string => new URL(server.url).searchParams.get('token')!;

describe('D-4: beyond loopback only with a token', () => {
  it('has 256 random bits in its address', () => {
    expect(token()).toMatch(/^[\w-]{43}$/);
  });

  it.each(['/', '/data/summary', '/live', '/?token=', '/?token=wrong', '/data?token=TOKEN'])(
    '401 for %s without the cookie',
    async (target) => {
      const answer = await get(server.port, target.replace('TOKEN', token()));
      expect([answer.status, answer.body]).toEqual([401, '']);
    },
  );

  it('changes the token for a cookie, once, and an address without it', async () => {
    const answer = await get(server.port, `/?token=${token()}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/');
    const cookie = answer.headers.get('set-cookie')!;
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(token());
    const pair = cookie.split(';')[0]!;
    const summary = await get(server.port, '/data/summary', `Cookie: a=b; ${pair}`);
    expect(summary.body).toBe('{"format":1}');
    const [name] = pair.split('=');
    for (const wrong of [`${name}=`, `${name}=${token()}`, `x${pair}`, `${pair}x`]) {
      expect((await get(server.port, '/', `Cookie: ${wrong}`)).status).toBe(401);
    }
  });

  it('the token does not open the door to other Hosts and other sites', async () => {
    const line = `GET /?token=${token()} HTTP/1.1`;
    expect((await send(server.port, line, ['Host: evil.test'])).status).toBe(421);
    const foreign = [`Host: 127.0.0.1:${server.port}`, 'Origin: http://evil.test'];
    expect((await send(server.port, line, foreign)).status).toBe(403);
  });
});
