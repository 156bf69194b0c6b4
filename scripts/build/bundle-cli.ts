/**
 * Bundles the command line with what it imports into a few files in `dist/cli`: 600 modules one by
 * one take longer to find, read and compile than to run. Names are kept, so that a stack trace can
 * be read.
 */
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const ROOT = resolve(import.meta.dirname, '../..');
const DIST = join(ROOT, 'dist/cli');
const LICENSES = 'THIRD-PARTY-LICENSES.txt';

/** Stay packages of their own, each for its reason. */
const OUTSIDE = [
  // native code, or started as files
  '@node-rs/crc32',
  'piscina',
  'open',
  // asks for its `__filename`
  'write-file-atomic',
  // has no licence file to copy
  'seedrandom',
  // servers, of which a run has no use
  'hono',
  /^hono\//,
  /^@hono\//,
];

const bundle = await rolldown({
  cwd: ROOT,
  platform: 'node',
  external: OUTSIDE,
  input: {
    main: 'cli/main.ts',
    // started by name, from beside whoever starts them: `scenarios/running/entry-point.ts`
    worker: 'scenarios/running/worker.ts',
    'replication-process': 'scenarios/running/replication-process.ts',
    simulate: 'scenarios/running/simulate.ts',
  },
});
const { output } = await bundle.write({ dir: DIST, chunkFileNames: '[name].js' });
await bundle.close();

const moduleFiles = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
writeFileSync(join(DIST, LICENSES), licensesOf(packagesOf(moduleFiles)));
chmodSync(join(DIST, 'main.js'), 0o755);
removeAllBut(new Set([LICENSES, ...output.map(({ fileName }) => fileName)]));

/** Folders of the packages that the files belong to, in order of their names. */
function packagesOf(files: readonly string[]): string[] {
  const folders = files.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
  return [...new Set(folders)].sort();
}

/** Licences ask for their text to go with every copy. Throws where a package has none. */
function licensesOf(folders: readonly string[]): string {
  const texts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    ) as { name: string; version: string; license: string };
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} comes without the text of its licence`);
    const text = readFileSync(join(folder, file), 'utf8').trim();
    return `${name} ${version} (${license})\n\n${text}`;
  });
  return `${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** What an earlier build left. */
function removeAllBut(names: ReadonlySet<string>): void {
  if (!existsSync(DIST)) return;
  for (const entry of readdirSync(DIST)) {
    if (!names.has(entry)) rmSync(join(DIST, entry), { recursive: true });
  }
}
