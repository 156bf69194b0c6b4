import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { CommandError, ExitCode } from '../exit-code.ts';
import { packageRoot } from '../package-root.ts';

/** A file of the dashboard's page. */
export interface BundleFile {
  readonly type: string;
  readonly etag: string;
  readonly bytes: Buffer;
}

/** By path below the root, `/index.html` … : nothing else is ever served as a page. */
export type Bundle = ReadonlyMap<string, BundleFile>;

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
};

/** The page as it was built, read whole. Throws a CommandError (5) where it was not built. */
export function readBundle(): Bundle {
  const folder = new URL('dist/viz/', packageRoot());
  const bundle = new Map<string, BundleFile>();
  for (const name of namesIn(folder)) {
    const type = TYPES[name.split('.').at(-1)!];
    if (type === undefined) continue;
    const bytes = readFileSync(new URL(name, folder));
    const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`;
    bundle.set(`/${name}`, { type, etag, bytes });
  }
  if (!bundle.has('/index.html')) {
    throw new CommandError(
      ExitCode.InputOutput,
      'the dashboard is missing from this installation (dist/viz)',
      'in a clone: npm run build; without a browser: anycastle view DIR --text',
    );
  }
  return bundle;
}

/** The build puts everything into one folder. */
function namesIn(folder: URL): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
