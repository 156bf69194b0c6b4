import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RecordedSeries, RecordingIndex } from '../../scenarios/index.ts';
import { escapeLine } from '../terminal/escape.ts';
import type { DataPieces } from './data-piece.ts';

const compress = promisify(gzip);

/** Shorter JSON stays readable in the file's source. */
const COMPRESSED_FROM_BYTES = 16 * 1024;

export interface EmbeddedPieces {
  /** `<script type=… id="data-ID">` elements, the list of ids first. */
  readonly elements: string;
  /** What did not fit, in words. */
  readonly omissions: readonly string[];
}

interface Element {
  readonly id: string;
  readonly html: string;
}

/** Series whose chunks go when there is no room; the page shows its coarser levels instead. */
interface Level {
  readonly bucket_s: number;
  readonly ids: readonly string[];
  readonly what: string;
}

/**
 * All pieces as elements of the page, at most `bytesMax` together, with the finest levels of
 * recordings left out if need be. Null if it is too much even without.
 */
export async function embedPieces(
  pieces: DataPieces,
  bytesMax: number,
): Promise<EmbeddedPieces | null> {
  const elements = new Map<string, Element>();
  const omissions: string[] = [];
  for (const [id, piece] of pieces) {
    try {
      const isJson = piece.type.startsWith('application/json');
      elements.set(id, { id, html: await elementOf(id, await piece.read(), isJson) });
    } catch (error) {
      omissions.push(`${id} (${error instanceof Error ? error.message : String(error)})`);
    }
  }
  const total = (): number =>
    [...elements.values()].reduce((sum, { html }) => sum + html.length, 0);
  for (const { ids, what } of await levelsOf(pieces)) {
    if (total() <= bytesMax) break;
    const present = ids.filter((id) => elements.delete(id));
    if (present.length > 0) omissions.push(`${what} (the file would be larger than 64 MiB)`);
  }
  if (total() > bytesMax) return null;
  const index = await elementOf('index', Buffer.from(JSON.stringify([...elements.keys()])), true);
  const all = [index, ...[...elements.values()].map(({ html }) => html)];
  return { elements: all.join('\n'), omissions: omissions.map(escapeLine) };
}

/** Every level but the coarsest of each series, over all recordings, finest first. */
async function levelsOf(pieces: DataPieces): Promise<Level[]> {
  const levels: Level[] = [];
  for (const [id, piece] of pieces) {
    if (!/^recording-\d+$/.test(id)) continue;
    const { strategy, series } = JSON.parse(
      (await piece.read().catch(() => Buffer.from('{}'))).toString('utf8'),
    ) as Partial<RecordingIndex>;
    for (const [name, one] of Object.entries<RecordedSeries<string> | null>({ ...series })) {
      for (const { bucket_s, chunks } of one?.levels.slice(0, -1) ?? []) {
        const what = `${name} of ${strategy ?? id} every ${bucket_s} s`;
        levels.push({ bucket_s, ids: chunks.map(({ file }) => `${id}-${file}`), what });
      }
    }
  }
  return levels.sort((a, b) => a.bucket_s - b.bucket_s);
}

/** JSON as text where it is short; else gzip, as base64. Neither can end the element. */
async function elementOf(id: string, bytes: Buffer, isJson: boolean): Promise<string> {
  const open = (type: string): string => `<script type="${type}" id="data-${id}">`;
  if (isJson && bytes.length < COMPRESSED_FROM_BYTES) {
    const text = bytes.toString('utf8').replaceAll('<', '\\u003c');
    return `${open('application/json')}${text}</script>`;
  }
  const packed = await compress(bytes, { level: 9 });
  return `${open('application/gzip')}${packed.toString('base64')}</script>`;
}
