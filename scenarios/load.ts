import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { decodeScenario } from './decode-scenario.ts';
import { Findings, type Decoded } from './diagnostics.ts';
import { LIMITS } from './limits.ts';
import type { DecodeOptions, Scenario } from './scenario.ts';
import { decodeUtf8, type FileRead, type ScenarioFiles } from './scenario-files.ts';
import { SourceText } from './source.ts';

/** Reads a scenario file with everything it includes; nothing outside its folder is opened. */
export function loadScenario(
  file: string,
  options: Omit<DecodeOptions, 'files'> & { readonly files?: ScenarioFiles } = {},
): Promise<Decoded<Scenario>> {
  const read = readRegularFile(resolve(file), file);
  const text = read.ok ? decodeUtf8(read.bytes) : null;
  if (read.ok && text !== null) {
    const files = options.files ?? filesInFolder(dirname(resolve(file)), file);
    return Promise.resolve(decodeScenario(file, text, { ...options, files }));
  }
  const findings = new Findings();
  const place = { source: new SourceText(file, ''), from: 0, to: 1 };
  if (read.ok) findings.error('E0104', place, 'the file is not UTF-8');
  else findings.error(read.code, place, read.message, { hint: read.hint });
  return Promise.resolve({ ok: false, diagnostics: findings.errors(), sources: new Map() });
}

/**
 * Files below one folder, by names relative to the file that mentions them. What a name leads to
 * after all symbolic links must lie in the folder and be a regular file.
 */
export function filesInFolder(folder: string, topFile: string): ScenarioFiles {
  const shownFrom = dirname(topFile);
  return {
    read(name, from) {
      const refusal = refuseName(name);
      if (refusal !== null) return refusal;
      const base = from === topFile ? folder : dirname(resolve(folder, relative(shownFrom, from)));
      const path = resolve(base, name);
      let real: string;
      try {
        if (!isWithin(folder, path)) return outside(name);
        real = realpathSync(path);
        if (!isWithin(realpathSync(folder), real)) return outside(name);
      } catch {
        return { ok: false, code: 'E0122', message: `'${name}' does not exist` };
      }
      const read = readRegularFile(real, name);
      const within = relative(realpathSync(folder), real);
      const shown = shownFrom === '.' ? within : `${shownFrom}/${within}`;
      return read.ok ? { ...read, file: shown } : read;
    },
  };
}

function refuseName(name: string): FileRead | null {
  const odd =
    /[\u0000-\u001f]|\\|%2e|%2f|^[a-z]+:/i.test(name) || isAbsolute(name) || name.startsWith('//');
  if (!odd) return null;
  return {
    ok: false,
    code: 'E0121',
    message: `'${name}' is not a relative path in this folder`,
    hint: 'write ./part.yaml',
  };
}

function outside(name: string): FileRead {
  return { ok: false, code: 'E0121', message: `'${name}' lies outside the folder of the scenario` };
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * Opens without blocking on pipes, and looks at what was opened, not at what a name meant before.
 */
function readRegularFile(path: string, shown: string): FileRead {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return {
      ok: false,
      code: 'E0101',
      message: missing ? `'${shown}' does not exist` : `'${shown}' cannot be read`,
    };
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile())
      return { ok: false, code: 'E0101', message: `'${shown}' is not a regular file` };
    if (stat.size > LIMITS.fileBytes) {
      return { ok: false, code: 'E0103', message: `'${shown}' is larger than 4 MiB` };
    }
    return { ok: true, file: shown, bytes: readFileSync(descriptor) };
  } finally {
    closeSync(descriptor);
  }
}
