import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { nearestName } from './suggest.ts';

/** A scenario that comes with the package and can be run by name. */
export interface LibraryScenario {
  /** Of the file, without its folder: a name is there once. */
  readonly name: string;
  /** Folder within the library, `balancing/health`; empty for those outside of folders. */
  readonly group: string;
  readonly file: string;
  readonly description: string;
}

/** What a person typed after `run`: a file, a name of the library, or neither. */
export type ScenarioFile =
  | { readonly found: true; readonly file: string }
  | { readonly found: false; readonly nearest: string | null; readonly names: readonly string[] };

type LibraryFile = Omit<LibraryScenario, 'description'>;

/**
 * The library's scenarios, those outside of folders first, then folder by folder, each by name.
 * Throws if the package is damaged (no such folder).
 */
export function listLibrary(): LibraryScenario[] {
  return libraryFiles().map((entry) => {
    const text = readFileSync(entry.file, 'utf8');
    const description: unknown = parseDocument(text).get('description');
    return { ...entry, description: typeof description === 'string' ? description.trim() : '' };
  });
}

/** Without reading the files, of which there are many. */
function libraryFiles(folder: URL = libraryFolder(), group = ''): LibraryFile[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const own = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map(({ name }) => ({
      name: basename(name, '.yaml'),
      group,
      file: fileURLToPath(new URL(name, folder)),
    }));
  const below = entries
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      libraryFiles(new URL(`${name}/`, folder), group === '' ? name : `${group}/${name}`),
    );
  return [...own, ...below];
}

/**
 * The file of a scenario given by path or by library name. A path is whatever names something that
 * exists, so a file of ours never hides one of the user's.
 */
export function findScenarioFile(pathOrName: string): ScenarioFile {
  if (existsSync(pathOrName)) return { found: true, file: pathOrName };
  const library = libraryFiles();
  const named = library.find(({ name }) => name === pathOrName);
  if (named !== undefined) return { found: true, file: named.file };
  const names = library.map(({ name }) => name);
  return { found: false, nearest: nearestName(pathOrName, names) ?? null, names };
}

/** Stands beside this file in the sources, and under the package's root when built to `dist`. */
function libraryFolder(): URL {
  const beside = new URL('./library/', import.meta.url);
  return existsSync(beside) ? beside : new URL('../../scenarios/library/', import.meta.url);
}
