import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filePiece, jsonPiece } from '../../cli/view/data-piece.ts';
import { serveView, type ViewServer } from '../../cli/view/server.ts';
import { get as getFrom, send as sendTo, type Answer } from './raw-http.ts';

let server: ViewServer;
let port: number;
const folder = mkdtempSync(join(tmpdir(), 'anycastle-view-'));

/** The page's files are not the subject here: `view-process.test.ts` has the real ones. */
const bundle = new Map([
  ['/index.html', file('text/html; charset=utf-8', '<!doctype html><title>Anycastle</title>')],
  ['/dashboard.js', file('text/javascript; charset=utf-8', `${'// code\n'.repeat(500)}`)],
]);

function file(type: string, text: string) {
  return { type, etag: `"${text.length}"`, bytes: Buffer.from(text) };
}

beforeAll(async () => {
  writeFileSync(join(folder, 'sound.json'), '{"sound":true}');
  writeFileSync(join(folder, 'changed.json'), '{"sound":false}');
  symlinkSync('/etc/passwd', join(folder, 'link.json'));
  const digest = 'aa'.repeat(32);
  const pieces = new Map([
    ['summary', jsonPiece(JSON.stringify({ format: 1, padding: 'x'.repeat(5000) }))],
    ['timeline-0', jsonPiece('{"format":1}')],
    ['changed', filePiece(folder, 'changed.json', digest)],
    ['link', filePiece(folder, 'link.json', digest)],
    ['outside', filePiece(folder, '../../etc/passwd', digest)],
  ]);
  server = await serveView({ pieces: () => pieces, feed: null, close: () => undefined }, bundle, {
    host: 'localhost',
    port: 0,
    allowedHosts: ['lab.test'],
    hasToken: false,
  });
  ({ port } = server);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const get = (target: string, ...headers: string[]) => getFrom(port, target, ...headers);
const send = (line: string, headers: readonly string[], address?: string): Promise<Answer> =>
  sendTo(port, line, headers, address);

describe('D-1: loopback only', () => {
  it('answers on both loopback addresses, on one free port', async () => {
    expect(port).toBeGreaterThan(1023);
    const hasV6 = Object.values(networkInterfaces()).some((all) =>
      all?.some(({ address }) => address === '::1'),
    );
    expect(server.addresses).toEqual(hasV6 ? ['127.0.0.1', '::1'] : ['127.0.0.1']);
    for (const address of server.addresses) {
      expect((await send('GET / HTTP/1.1', ['Host: localhost'], address)).status).toBe(200);
    }
  });

  const outside = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal);
  it.skipIf(outside === undefined)('refuses connections from another interface', async () => {
    await expect(send('GET / HTTP/1.1', ['Host: localhost'], outside!.address)).rejects.toThrow(
      /ECONNREFUSED/,
    );
  });
});

describe('D-2: the Host decides', () => {
  it.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST', 'lab.test'])(
    'serves %s',
    async (host) => {
      expect((await send('GET / HTTP/1.1', [`Host: ${host}`])).status).toBe(200);
      expect((await send('GET / HTTP/1.1', [`Host: ${host}:${port}`])).status).toBe(200);
    },
  );

  it.each([
    'evil.test',
    'localhost.',
    '127.0.0.1.',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0.0.0.0',
    '0',
    '127.0.0.2',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[0:0:0:0:0:0:0:1]',
    '::1',
    'localhost.evil.test',
    'evil.test.localhost',
    'user@localhost',
    'localhost@evil.test',
    '127.0.0.1.nip.io',
    'localhost:1',
    'localhost:0',
    'localhost:',
    'localhost:99999',
    'localhost:80:80',
    'localhost/evil',
    'localhost%00',
    'local host',
    '１２７.0.0.1',
    'localhost,evil.test',
    '*',
    'test',
    'xn--localhost-',
    'lab.test.evil.test',
  ])('421 for %s, with an empty body', async (host) => {
    const answer = await send('GET / HTTP/1.1', [`Host: ${host}`]);
    // Node itself answers 400 where the header is no HTTP; nothing of ours is in either.
    expect([400, 421]).toContain(answer.status);
    expect(answer.body).toBe('');
  });

  it('421 without a Host, and for an absolute target of another host', async () => {
    expect((await send('GET / HTTP/1.0', [])).status).toBe(421);
    expect((await get('http://evil.test/')).status).toBe(421);
    expect([400, 421]).toContain((await get(`user@127.0.0.1:${port}/`)).status);
  });
});

describe('D-3: other sites get nothing', () => {
  const foreign = [
    'Origin: http://evil.test',
    'Origin: null',
    'Origin: https://localhost',
    'Origin: http://localhost:1',
    'Origin: http://localhost.evil.test',
    'Sec-Fetch-Site: cross-site',
    'Sec-Fetch-Site: same-site',
    'Sec-Fetch-Site: nonsense',
  ];
  it.each(foreign.flatMap((header) => ['/', '/data/summary', '/live'].map((t) => [t, header])))(
    '403 on %s for %s',
    async (target, header) => {
      const answer = await get(target, header);
      expect(answer.status).toBe(403);
      const names = [...answer.headers.keys()];
      expect(names.filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );

  it('serves the address bar, our own page, and programs', async () => {
    expect((await get('/', 'Sec-Fetch-Site: none')).status).toBe(200);
    const own = `Origin: http://127.0.0.1:${port}`;
    expect((await get('/data/summary', 'Sec-Fetch-Site: same-origin', own)).status).toBe(200);
    expect((await get('/data/timeline-0')).body).toBe('{"format":1}');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('405 for %s', async (method) => {
    const headers = [`Host: 127.0.0.1:${port}`, 'Content-Length: 0'];
    expect((await send(`${method} / HTTP/1.1`, headers)).status).toBe(405);
  });

  it.each(['/', '/data/summary'])('HEAD %s has no body', async (target) => {
    const answer = await send(`HEAD ${target} HTTP/1.1`, [`Host: 127.0.0.1:${port}`]);
    expect([answer.status, answer.body]).toEqual([200, '']);
  });
});

describe('D-5: no traversal', () => {
  const up = ['..', '%2e%2e', '%2E.', '..%00', '....', '%252e%252e', '..;', '%c0%ae%c0%ae', '．．'];
  const glue = ['/', '%2f', '\\', '%5c', '%252f', '//'];
  const payloads = up.flatMap((dots) =>
    glue.map((slash) => `${[dots, dots, dots, 'etc', 'passwd'].join(slash)}`),
  );
  const more = [
    '/etc/passwd',
    'C:\\boot.ini',
    '%00',
    'summary%00.png',
    'summary.json',
    '__proto__',
    'constructor',
    'a'.repeat(7000),
  ];
  const secret = /root:|\[boot|"dependencies"/;

  it(`serves ids only: ${payloads.length + more.length} payloads`, async () => {
    for (const payload of [...payloads, ...more]) {
      for (const target of [`/${payload}`, `/data/${payload}`]) {
        const answer = await get(target);
        expect([400, 404], target.slice(0, 80)).toContain(answer.status);
        expect(answer.body).not.toMatch(secret);
      }
    }
  });

  it.each(['link', 'outside', 'changed'])(
    'names a piece that leads elsewhere or has changed: %s',
    async (id) => {
      const answer = await get(`/data/${id}`);
      expect(answer.status).toBe(500);
      expect(JSON.parse(answer.body)).toHaveProperty('damaged');
      expect(answer.body).not.toMatch(secret);
    },
  );
});

describe('D-6: headers', () => {
  it.each(['/', '/dashboard.js', '/data/summary', '/data', '/nowhere'])('on %s', async (target) => {
    const { headers } = await get(target);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });
});

describe('pieces', () => {
  it('lists the ids', async () => {
    const ids = ['summary', 'timeline-0', 'changed', 'link', 'outside'];
    expect(JSON.parse((await get('/data')).body)).toEqual(ids);
  });

  it('compresses what is long for who can unpack it, and says nothing twice', async () => {
    const packed = await fetch(`http://127.0.0.1:${port}/data/summary`);
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(await packed.json()).toHaveProperty('format', 1);
    expect((await get('/data/summary')).headers.has('content-encoding')).toBe(false);
    const etag = packed.headers.get('etag')!;
    const again = await get('/data/summary', `If-None-Match: ${etag}`);
    expect([again.status, again.body]).toEqual([304, '']);
  });

  it('a run that has ended has no events: 204 keeps the page from asking again', async () => {
    expect((await get('/live')).status).toBe(204);
  });
});

describe('D-8: many clients', () => {
  it('the 65th connection gets 503, and the first free place is taken again', async () => {
    const sockets: Socket[] = [];
    for (let i = 0; i < 64; i++) sockets.push(await open(server.addresses[i % 2] ?? '127.0.0.1'));
    expect((await get('/')).status).toBe(503);
    sockets[0]!.destroy();
    await expect.poll(async () => (await get('/')).status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });

  function open(address: string): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, address, () => resolve(socket));
      socket.on('error', reject);
    });
  }
});
