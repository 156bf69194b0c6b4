import { existsSync, readFileSync } from 'node:fs';

let root: URL | undefined;

/**
 * The folder of our package.json, found upwards from here: the same from the sources (`cli/`) and
 * when built (`dist/cli/`). Ends with a slash.
 */
export function packageRoot(): URL {
  if (root !== undefined) return root;
  let folder = new URL('./', import.meta.url);
  while (!existsSync(new URL('package.json', folder))) {
    const parent = new URL('../', folder);
    if (parent.href === folder.href) throw new Error('package.json of anycastle not found');
    folder = parent;
  }
  return (root = folder);
}

export function packageVersion(): string {
  const text = readFileSync(new URL('package.json', packageRoot()), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
