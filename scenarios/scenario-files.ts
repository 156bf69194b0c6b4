/** Files that a scenario names: includes, traces, samples, maps. */
export interface ScenarioFiles {
  /** `name` as written in the file `from`. Never throws; refuses what lies outside the folder. */
  read(name: string, from: string): FileRead;
}

export type FileRead =
  | { readonly ok: true; readonly file: string; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly hint?: string };

/** Without a reader: in the browser, or for a text that has no folder. */
export const NO_FILES: ScenarioFiles = {
  read: (name) => ({ ok: false, code: 'E0122', message: `'${name}' cannot be read here` }),
};

/** UTF-8 → text, or null for bytes that are not UTF-8. A byte order mark is dropped. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
