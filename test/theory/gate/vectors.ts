import { readFileSync } from 'node:fs';

/** One case of a vector file; `expected` holds its numbers by name. */
export interface Vector {
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, number>>;
}

/** The cases of `test/vectors/queueing/NAME.json`, in the order of the file. */
export function readVectors(name: string): readonly Vector[] {
  const url = new URL(`../../vectors/queueing/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as readonly Vector[];
}

/** An input that must be a number. */
export function input(vector: Vector, key: string): number {
  const value = vector.inputs[key];
  if (typeof value !== 'number') throw new Error(`${vector.id}: input ${key} is not a number`);
  return value;
}

export function expectedOf(vector: Vector, key: string): number {
  const value = vector.expected[key];
  if (value === undefined) throw new Error(`${vector.id}: nothing is expected of ${key}`);
  return value;
}
