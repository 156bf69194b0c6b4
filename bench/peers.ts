import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './root.ts';

/**
 * Programs in other languages that simulate the same thing, in `bench/peers/`. Each takes a number
 * of requests and prints one line of JSON.
 */
export interface PeerResult {
  readonly requests: number;
  readonly seconds: number;
  readonly meanMs: number;
}

const sources = join(ROOT, 'bench/peers');

/** What the source is compiled with: macros and their values. */
export type PeerMacros = Readonly<Record<string, number>>;

/** A C++ peer, compiled once with -O2; null without a compiler. */
export function runCpp(name: string, requests: number, macros: PeerMacros = {}): PeerResult | null {
  const binary = compiled(name, macros);
  return binary === null
    ? null
    : parse(execFileSync(binary, [String(requests)], { encoding: 'utf8' }));
}

/** As `runCpp`, while others run. */
export async function cppInProcess(name: string, requests: number): Promise<PeerResult | null> {
  const binary = compiled(name, {});
  if (binary === null) return null;
  return parse((await promisify(execFile)(binary, [String(requests)])).stdout);
}

/** A SimPy peer, by the first Python that has SimPy; null when none has. */
export function runSimPy(name: string, requests: number): PeerResult | null {
  const python = pythonWithSimPy();
  if (python === null) return null;
  return parse(
    execFileSync(python, [join(sources, `${name}.py`), String(requests)], { encoding: 'utf8' }),
  );
}

/** Installs SimPy from Debian's package where that is possible and needed. */
export function installSimPy(): void {
  if (pythonWithSimPy() !== null) return;
  spawnSync('apt-get', ['install', '-y', 'python3-simpy3'], { stdio: 'ignore' });
}

function pythonWithSimPy(): string | null {
  for (const python of ['/usr/bin/python3', 'python3']) {
    if (spawnSync(python, ['-c', 'import simpy'], { stdio: 'ignore' }).status === 0) return python;
  }
  return null;
}

function compiled(name: string, macros: PeerMacros): string | null {
  const folder = join(tmpdir(), 'anycastle-bench');
  mkdirSync(folder, { recursive: true });
  const source = join(sources, `${name}.cpp`);
  const defines = Object.entries(macros).map(([macro, value]) => `-D${macro}=${value}`);
  const binary = join(folder, [name, ...defines].join(''));
  if (existsSync(binary) && statSync(binary).mtimeMs > statSync(source).mtimeMs) return binary;
  const flags = ['-O2', '-std=c++17', ...defines, '-o', binary, source];
  const { status } = spawnSync('g++', flags, { stdio: 'inherit' });
  return status === 0 ? binary : null;
}

function parse(line: string): PeerResult {
  return JSON.parse(line) as PeerResult;
}
