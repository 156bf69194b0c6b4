/**
 * Where the page's data comes from: the server it was loaded from, or elements of the page itself
 * (an exported report makes no request). A piece is called by its id:
 *
 *   index                 ids of all pieces there are        /data          data-index
 *   summary, manifest     as in the results folder           /data/ID       data-ID
 *   timeline-I            timeline/STRATEGY.json, I = position of the strategy in the summary
 *   comparisons-I         the summary's comparisons, against strategy I: not for its baseline
 *   recording-I           timeline/STRATEGY/index.json
 *   recording-I-FILE      a file beside it: recording-0-pops-0-0.bin
 *
 * Embedded pieces stand in <script type=TYPE id="data-ID">: `application/json` as text,
 * `application/octet-stream` as base64, `application/gzip` as base64 of what gzip makes of it.
 */
export interface DataSource {
  readonly isEmbedded: boolean;
  /** Ids of the pieces that are there. */
  ids(): Promise<ReadonlySet<string>>;
  /** Rejects with a `MissingData` or a SyntaxError. */
  json(id: string): Promise<unknown>;
  /** Rejects with a `MissingData`. */
  bytes(id: string): Promise<ArrayBuffer>;
}

export class MissingData extends Error {
  readonly id: string;
  constructor(id: string, why: string) {
    super(`${id} ${why}`);
    this.id = id;
  }
}

export function pageSource(): DataSource {
  return document.getElementById('data-index') === null ? servedSource() : embeddedSource();
}

export function servedSource(): DataSource {
  const get = async (path: string): Promise<Response> => {
    let response: Response;
    try {
      response = await fetch(path, { cache: 'no-store' });
    } catch {
      throw new MissingData(path, 'cannot be fetched: has "anycastle view" been stopped?');
    }
    if (!response.ok) throw new MissingData(path, `cannot be fetched (status ${response.status})`);
    return response;
  };
  return {
    isEmbedded: false,
    ids: async () => new Set((await (await get('/data')).json()) as string[]),
    json: async (id) => (await get(`/data/${encodeURIComponent(id)}`)).json(),
    bytes: async (id) => (await get(`/data/${encodeURIComponent(id)}`)).arrayBuffer(),
  };
}

export function embeddedSource(): DataSource {
  const bytes = async (id: string): Promise<ArrayBuffer> => {
    const element = document.getElementById(`data-${id}`);
    if (element === null) throw new MissingData(id, 'is not in this file');
    return embeddedBytes(element);
  };
  const json = async (id: string): Promise<unknown> =>
    JSON.parse(new TextDecoder().decode(await bytes(id)));
  return {
    isEmbedded: true,
    ids: async () => new Set((await json('index')) as string[]),
    json,
    bytes,
  };
}

/** The content of an element that holds data, by its type. */
export async function embeddedBytes(element: Element): Promise<ArrayBuffer> {
  const text = element.textContent;
  const type = element.getAttribute('type');
  if (type === 'application/json') return new TextEncoder().encode(text).buffer;
  const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  if (type !== 'application/gzip') return bytes.buffer;
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(unpacked).arrayBuffer();
}
