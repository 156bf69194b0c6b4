import type { DataSource } from '../data/data-source.ts';
import { MissingData } from '../data/data-source.ts';
import type { RecordingIndex } from '../../sim/recording.ts';

/** A recording made in the page, as the source of a player: `recording-0` and its files. */
export function memorySource(
  index: RecordingIndex,
  files: ReadonlyMap<string, Uint8Array>,
): DataSource {
  const ids = new Set(['recording-0', ...[...files.keys()].map((name) => `recording-0-${name}`)]);
  const fileOf = (id: string): Uint8Array => {
    const bytes = files.get(id.slice('recording-0-'.length));
    if (bytes === undefined) throw new MissingData(id, 'was not recorded');
    return bytes;
  };
  return {
    isEmbedded: true,
    ids: async () => ids,
    json: async (id) =>
      id === 'recording-0' ? index : JSON.parse(new TextDecoder().decode(fileOf(id))),
    bytes: async (id) => fileOf(id).slice().buffer,
  };
}
