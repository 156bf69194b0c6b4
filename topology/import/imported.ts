/** What an importer returns: the map, or the first thing that is wrong with the file. */
export type Imported<T> =
  | { readonly ok: true; readonly value: T }
  /** `line` counts from 1; 0 where the format has no lines. */
  | { readonly ok: false; readonly line: number; readonly message: string };
