/**
 * Quantities of the map as people write them: bandwidth, size, distance. Strict: a number, a unit,
 * nothing guessed. Results are exact: decimal prefixes shift the exponent of the decimal number
 * before it is rounded once, binary prefixes multiply by a power of two.
 */

/** A value in base units, or what is wrong and what to write instead. */
export type Quantity =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly message: string; readonly hint: string };

/** `value = number × 10^exponent × factor`; factors are powers of two, so the product is exact. */
interface Unit {
  readonly exponent: number;
  readonly factor: number;
}

interface Dimension {
  readonly noun: string;
  readonly units: ReadonlyMap<string, Unit>;
  readonly forms: string;
}

const PREFIXES = [
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
] as const;

const SIZE_UNITS: ReadonlyMap<string, Unit> = new Map([
  ...PREFIXES.map(([prefix, exponent]): [string, Unit] => [
    `${prefix.toUpperCase()}B`,
    { exponent, factor: 1 },
  ]),
  ...PREFIXES.slice(1).map(([prefix], power): [string, Unit] => [
    `${prefix.toUpperCase()}iB`,
    { exponent: 0, factor: 2 ** (10 * (power + 1)) },
  ]),
]);

const BANDWIDTH: Dimension = {
  noun: 'bandwidth',
  units: new Map([
    ...PREFIXES.map(([prefix, exponent]): [string, Unit] => [
      `${prefix}bps`,
      { exponent, factor: 1 },
    ]),
    // A byte a second is 8 bits a second.
    ...[...SIZE_UNITS].map(([name, { exponent, factor }]): [string, Unit] => [
      `${name}/s`,
      { exponent, factor: factor * 8 },
    ]),
  ]),
  forms: 'bps, kbps, Mbps, Gbps, Tbps (bits, decimal) or B/s, KB/s, MB/s, GB/s, TB/s (bytes)',
};

const SIZE: Dimension = {
  noun: 'size',
  units: SIZE_UNITS,
  forms: 'B, KB, MB, GB, TB (decimal) or KiB, MiB, GiB, TiB (binary)',
};

const DISTANCE: Dimension = {
  noun: 'distance',
  units: new Map([
    ['km', { exponent: 0, factor: 1 }],
    ['m', { exponent: -3, factor: 1 }],
  ]),
  forms: 'm or km',
};

/** `800Gbps`, `1.2 Tbps`, `100MB/s` → bits a second. */
export function parseBandwidth(text: string): Quantity {
  return parse(text, BANDWIDTH);
}

/** `8TiB`, `60KB`, `1.5 MB` → bytes. A fraction of a byte is refused. */
export function parseSize(text: string): Quantity {
  const size = parse(text, SIZE);
  if (!size.ok || Number.isInteger(size.value)) return size;
  return refuse(`"${text}" is not a whole number of bytes`, 'write a whole number of bytes');
}

/** `250km`, `800 m` → kilometres. */
export function parseDistance(text: string): Quantity {
  return parse(text, DISTANCE);
}

/** Digits with an optional fraction, optional spaces, and whatever stands for a unit. */
const FORM = /^(\d+(?:\.\d+)?) *(\D[^\d]*)?$/;

function parse(text: string, dimension: Dimension): Quantity {
  const { noun, units, forms } = dimension;
  const match = FORM.exec(text);
  if (match === null) {
    const negative = /^[-−]/.test(text) ? `; a ${noun} cannot be negative` : '';
    return refuse(`"${text}" is not a ${noun}${negative}`, `write a number and a unit: ${forms}`);
  }
  const digits = match[1]!;
  const name = (match[2] ?? '').trimEnd();
  if (name === '') {
    return refuse(`"${text}" is a bare number; a ${noun} needs a unit`, `units: ${forms}`);
  }
  const unit = units.get(name);
  if (unit === undefined) {
    return refuse(
      `unknown unit "${name}" in ${noun} "${text}"`,
      suggestion(digits, name, dimension),
    );
  }
  const value = Number(`${digits}e${unit.exponent}`) * unit.factor;
  // 1e18 is the largest finite quantity of a scenario, in any base unit.
  if (value <= 1e18) return { ok: true, value };
  return refuse(`"${text}" is too large a ${noun}`, 'the largest quantity is 1e18 in base units');
}

/** Units that differ from `name` only by case, by `b` for `bps`, or by bits for bytes. */
function suggestion(digits: string, name: string, { units, forms }: Dimension): string {
  const wanted = skeleton(name);
  const near = [...units.keys()].filter((unit) => skeleton(unit) === wanted);
  if (near.length === 0 || wanted.length < 2) return `units: ${forms}`;
  const written = near.map((unit) => {
    const kind = unit.endsWith('bps') ? ' (bits)' : unit.endsWith('B/s') ? ' (bytes)' : '';
    return `${digits}${unit}${kind}`;
  });
  return `did you mean ${written.join(' or ')}?`;
}

/** `gbps`, `Gb/s`, `GB/s`, `Gbit/s`, `gb` all become `gb`, as a person may mean any of them. */
function skeleton(unit: string): string {
  return unit
    .toLowerCase()
    .replace(/ /g, '')
    .replace(/(?:\/s(?:ec)?|ps)$/, '')
    .replace(/(?:its?|ytes?)$/, '');
}

function refuse(message: string, hint: string): Quantity {
  return { ok: false, message, hint };
}
