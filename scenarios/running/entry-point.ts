import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Built files end in .js; run from the sources (tests, development) the neighbours end in .ts. */
const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** Another entry point of this folder, by name without extension. */
export function sibling(name: string): URL {
  return new URL(`./${name}${EXTENSION}`, import.meta.url);
}

/** Arguments with which Node runs a sibling: a TypeScript loader when run from the sources. */
export function sourceArguments(): string[] {
  if (EXTENSION === '.js') return [];
  const loader = createRequire(import.meta.url).resolve('tsx');
  return ['--import', pathToFileURL(loader).href];
}
