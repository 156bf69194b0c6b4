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

/**
 * The library's scenarios, those outside of folders first, then folder by folder, each by name.
 * Throws if the package is damaged (no such folder).
 */
export function listLibrary(): LibraryScenario[] {
  return scenariosIn(libraryFolder(), '');
}

function scenariosIn(folder: URL, group: string): LibraryScenario[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const own = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map(({ name }) => scenarioAt(fileURLToPath(new URL(name, folder)), group));
  const below = entries
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      scenariosIn(new URL(`${name}/`, folder), group === '' ? name : `${group}/${name}`),
    );
  return [...own, ...below];
}

function scenarioAt(file: string, group: string): LibraryScenario {
  const description: unknown = parseDocument(readFileSync(file, 'utf8')).get('description');
  return {
    name: basename(file, '.yaml'),
    group,
    file,
    description: typeof description === 'string' ? description.trim() : '',
  };
}

/**
 * The file of a scenario given by path or by library name. A path is whatever names something that
 * exists, so a file of ours never hides one of the user's.
 */
export function findScenarioFile(pathOrName: string): ScenarioFile {
  if (existsSync(pathOrName)) return { found: true, file: pathOrName };
  const library = listLibrary();
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
