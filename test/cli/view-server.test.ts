import type { Server } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../cli/view/page.ts';
import { portOf, serveView } from '../../cli/view/server.ts';
import { sampleSummary } from './sample-summary.ts';

interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

let server: Server;
let port: number;

beforeAll(async () => {
  const page = await renderPage(sampleSummary(), null);
  const data = new Map([
    ['summary', '{"format":1}'],
    ['timeline-0', '{"format":1}'],
  ]);
  server = await serveView(
    { page, data },
    { host: '127.0.0.1', port: 0, allowedHosts: ['lab.test'] },
  );
  port = portOf(server);
});
afterAll(() => void server.close());

/** Sends bytes as they are: fetch would tidy up the target and the Host. */
function send(
  requestLine: string,
  headers: readonly string[],
  host = '127.0.0.1',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => {
      socket.write(`${requestLine}\r\n${[...headers, 'Connection: close'].join('\r\n')}\r\n\r\n`);
    });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(parseAnswer(Buffer.concat(chunks).toString())));
  });
}

function parseAnswer(text: string): Answer {
  const [head = '', ...body] = text.split('\r\n\r\n');
  const [status = '', ...fields] = head.split('\r\n');
  const headers = fields.map((field): [string, string] => {
    const colon = field.indexOf(':');
    return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
  });
  return {
    status: Number(status.split(' ')[1]),
    headers: new Map(headers),
    body: body.join('\r\n\r\n'),
  };
}

const get = (target: string, ...headers: string[]): Promise<Answer> =>
  send(`GET ${target} HTTP/1.1`, [`Host: 127.0.0.1:${port}`, ...headers]);

describe('D-1: loopback only', () => {
  it('is bound to 127.0.0.1 on a free port', () => {
    expect(server.address()).toMatchObject({ address: '127.0.0.1', family: 'IPv4' });
    expect(port).toBeGreaterThan(1023);
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
    expect(answer.body.replace(/^0\r\n\r\n$|^0$/, '').trim()).toBe('');
  });

  it('421 without a Host, and for an absolute target of another host', async () => {
    expect((await send('GET / HTTP/1.0', [])).status).toBe(421);
    expect((await get('http://evil.test/')).status).toBe(421);
    expect([400, 421]).toContain((await get(`user@127.0.0.1:${port}/`)).status);
  });
});

describe('D-3: other sites get nothing', () => {
  it.each([
    'Origin: http://evil.test',
    'Origin: null',
    'Origin: https://localhost',
    'Origin: http://localhost:1',
    'Origin: http://localhost.evil.test',
    'Sec-Fetch-Site: cross-site',
    'Sec-Fetch-Site: same-site',
    'Sec-Fetch-Site: nonsense',
  ])('403 for %s', async (header) => {
    const answer = await get('/data/summary', header);
    expect(answer.status).toBe(403);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual(
      [],
    );
  });

  it('serves the address bar, our own page, and programs', async () => {
    expect((await get('/', 'Sec-Fetch-Site: none')).status).toBe(200);
    const own = `Origin: http://127.0.0.1:${port}`;
    expect((await get('/data/summary', 'Sec-Fetch-Site: same-origin', own)).status).toBe(200);
    expect((await get('/data/summary')).body).toContain('{"format":1}');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('405 for %s', async (method) => {
    const headers = [`Host: 127.0.0.1:${port}`, 'Content-Length: 0'];
    expect((await send(`${method} / HTTP/1.1`, headers)).status).toBe(405);
  });

  it('HEAD has no body', async () => {
    const answer = await send('HEAD / HTTP/1.1', [`Host: 127.0.0.1:${port}`]);
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
  }, 30_000);

  it('lists the ids and serves each', async () => {
    expect((await get('/data')).body).toContain('["summary","timeline-0"]');
    expect((await get('/data/timeline-0')).headers.get('content-type')).toMatch(
      /^application\/json/,
    );
  });
});

describe('D-6: headers', () => {
  it.each(['/', '/style.css', '/data/summary', '/nowhere'])('on %s', async (target) => {
    const { headers } = await get(target);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  it('the page works under them: its style is a file, no script, nothing inline', async () => {
    const { body } = await get('/');
    expect(body).toContain('<link rel="stylesheet" href="/style.css"');
    expect(body).not.toMatch(/<script|\sstyle=|<style|\son\w+=/i);
    expect((await get('/style.css')).headers.get('content-type')).toMatch(/^text\/css/);
  });
});
