import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { DataPiece } from '../../cli/view/data-piece.ts';
import { jsonPiece } from '../../cli/view/data-piece.ts';
import { embedPieces } from '../../cli/view/embedded-pieces.ts';
import { selfContainedPage } from '../../cli/view/self-contained-page.ts';

/** Bytes that gzip cannot shorten. */
function noise(length: number, seed: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    createHash('sha256').update(`${seed} ${i}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

function binary(bytes: Buffer): DataPiece {
  const type = 'application/octet-stream';
  return { type, etag: '""', read: () => Promise.resolve(bytes) };
}

const chunk = (file: string) => ({ file, bytes: 30_000, crc32: '' });
const level = (bucket_s: number, file: string) => ({ bucket_s, chunks: [chunk(file)] });
const index = {
  strategy: 'any<cast',
  series: {
    pops: { levels: [level(1, 'pops-0-0.bin'), level(10, 'pops-1-0.bin')] },
    links: { levels: [level(5, 'links-0-0.bin'), level(50, 'links-1-0.bin')] },
    servers: null,
  },
};
const pieces = new Map([
  ['summary', jsonPiece('{"name":"</script><!--"}')],
  ['recording-0', jsonPiece(JSON.stringify(index))],
  ...['pops-0-0', 'pops-1-0', 'links-0-0', 'links-1-0'].map(
    (file, i) => [`recording-0-${file}.bin`, binary(noise(30_000, i + 1))] as const,
  ),
]);

const idsIn = (html: string): string[] =>
  JSON.parse(/id="data-index">(.*?)<\/script>/.exec(html)![1]!) as string[];

describe('embedded data', () => {
  it('has every piece, and none of it can end its element', async () => {
    const { elements, omissions } = (await embedPieces(pieces, 1e6))!;
    expect(omissions).toEqual([]);
    expect(idsIn(elements)).toEqual([...pieces.keys()]);
    expect(elements.match(/<\/script>/g)).toHaveLength(pieces.size + 1);
    expect(elements).not.toContain('<!--');
    const text = /application\/json" id="data-summary">(.*?)<\/script>/.exec(elements)![1]!;
    expect(JSON.parse(text)).toEqual({ name: '</script><!--' });
    const packed = /gzip" id="data-recording-0-pops-0-0.bin">(.*?)<\/script>/.exec(elements)![1]!;
    expect(gunzipSync(Buffer.from(packed, 'base64')).equals(noise(30_000, 1))).toBe(true);
  });

  it('leaves out the finest levels first, never the coarsest, and says which', async () => {
    // 30 kB of noise are 40 kB of base64: three of four fit into 125 kB, two into 85 kB.
    const three = (await embedPieces(pieces, 125_000))!;
    expect(three.omissions).toEqual([expect.stringMatching(/^pops of any<cast every 1 s/)]);
    expect(idsIn(three.elements)).not.toContain('recording-0-pops-0-0.bin');
    const two = (await embedPieces(pieces, 85_000))!;
    expect(two.omissions[1]).toMatch(/^links of any<cast every 5 s/);
    expect(idsIn(two.elements)).toContain('recording-0-pops-1-0.bin');
    expect(await embedPieces(pieces, 50_000)).toBeNull();
  });

  it('goes without a damaged piece', async () => {
    const damaged = { ...binary(Buffer.alloc(0)), read: () => Promise.reject(new Error('torn')) };
    const { omissions } = (await embedPieces(new Map([['recording-1', damaged]]), 1e6))!;
    expect(omissions).toEqual(['recording-1 (torn)']);
  });
});

describe('the page of an export', () => {
  const file = (text: string) => ({ type: '', etag: '', bytes: Buffer.from(text) });
  const page = selfContainedPage(
    new Map([
      [
        '/index.html',
        file(
          '<html><head><meta charset="utf-8" /><script type="module" crossorigin src="/a.js">' +
            '</script><link rel="stylesheet" crossorigin href="/a.css"></head><body></body></html>',
        ),
      ],
      ['/a.js', file('const a = "</script><!-- $& $1";')],
      ['/a.css', file('body{color:red}')],
    ]),
  );

  it('allows its own script and style by hash, and nothing else', () => {
    const text = page.withData('<!--data-->');
    expect(text).toContain("default-src 'none'; script-src 'sha256-");
    expect(text).toContain('const a = "\\x3C/script>\\x3C!-- $& $1";');
    expect(text).not.toMatch(/src="|href="/);
    expect(text.indexOf('<!--data-->')).toBeLessThan(text.indexOf('const a'));
    expect(text.indexOf('Content-Security-Policy')).toBeLessThan(text.indexOf('<style>'));
  });
});
