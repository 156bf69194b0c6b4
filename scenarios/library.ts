import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { nearestName } from './suggest.ts';

/** A scenario that comes with the package and can be run by name. */
export interface LibraryScenario {
  readonly name: string;
  readonly file: string;
  readonly description: string;
}

/** What a person typed after `run`: a file, a name of the library, or neither. */
export type ScenarioFile =
  | { readonly found: true; readonly file: string }
  | { readonly found: false; readonly nearest: string | null; readonly names: readonly string[] };

/** The library's scenarios by name. Throws if the package is damaged (no such folder). */
export function listLibrary(): LibraryScenario[] {
  const folder = libraryFolder();
  return readdirSync(folder)
    .filter((entry) => entry.endsWith('.yaml'))
    .sort()
    .map((entry) => {
      const file = fileURLToPath(new URL(entry, folder));
      const description: unknown = parseDocument(readFileSync(file, 'utf8')).get('description');
      return {
        name: entry.slice(0, -'.yaml'.length),
        file,
        description: typeof description === 'string' ? description.trim() : '',
      };
    });
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
