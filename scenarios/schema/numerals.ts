/**
 * Numbers as people write them in scenarios: counts, rates, shares, factors. Nothing is guessed.
 */

export type Parsed =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly message: string; readonly hint: string; readonly code?: string };

const THOUSANDS: Readonly<Record<string, number>> = { '': 0, k: 3, M: 6, G: 9 };

/** `80/s`, `12k/s`, `2.4M/s`, `600/m`, `3/h` → per second. */
export function parseRate(text: string): Parsed {
  const match = /^(\d+(?:\.\d+)?)([kMG]?)\/(s|m|min|h)$/.exec(text.trim());
  if (match === null) {
    const bare = /^\d+(\.\d+)?[kMG]?$/.test(text.trim());
    return {
      ok: false,
      ...(bare ? { code: 'E0205' } : {}),
      message: bare ? `'${text}' needs a unit` : `'${text}' is not a rate`,
      hint: bare ? `${text.trim()}/s?` : 'write a rate like 80/s, 12k/s or 2.4M/s',
    };
  }
  const perSecond = { s: 1, m: 60, min: 60, h: 3600 }[match[3]!]!;
  return within(Number(`${match[1]}e${THOUSANDS[match[2]!]}`) / perSecond, text, 'a rate');
}

/** `70%` → 0.7; 0 % to 100 %. */
export function parseShare(text: string): Parsed {
  const parsed = parsePercent(text);
  if (!parsed.ok) return parsed;
  if (parsed.value >= 0 && parsed.value <= 1) return parsed;
  return { ok: false, code: 'E0207', message: `'${text}' is not between 0% and 100%`, hint: '' };
}

/** `+3%`, `99.95%` → ratio. */
export function parsePercent(text: string): Parsed {
  const match = /^([+-]?\d+(?:\.\d+)?) ?%$/.exec(text.trim());
  // The exponent shifts the decimal point before the only rounding: 99.95% is 0.9995 exactly.
  if (match !== null) return { ok: true, value: Number(`${match[1]}e-2`) };
  const bare = /^[+-]?\d+(\.\d+)?$/.test(text.trim());
  return {
    ok: false,
    ...(bare ? { code: 'E0205' } : {}),
    message: bare ? `'${text}' needs a unit` : `'${text}' is not a share`,
    hint: bare ? `${text.trim()}%?` : 'write a share like 70%',
  };
}

/** `x8`, `x0.5` → the factor. */
export function parseFactor(text: string): Parsed {
  const match = /^x(\d+(?:\.\d+)?)$/.exec(text.trim());
  if (match !== null) return within(Number(match[1]), text, 'a factor');
  const bare = /^\d+(\.\d+)?$/.test(text.trim());
  return {
    ok: false,
    message: `'${text}' is not a factor`,
    hint: bare ? `write x${text.trim()}` : 'write x8 or x0.5',
  };
}

/** `20`, `40k`, `2M` → a whole number. */
export function parseCount(text: string): Parsed {
  const match = /^(\d+(?:\.\d+)?)([kMG]?)$/.exec(text.trim());
  const value = match === null ? NaN : Number(`${match[1]}e${THOUSANDS[match[2]!]}`);
  if (Number.isSafeInteger(value)) return { ok: true, value };
  return {
    ok: false,
    message: `'${text}' is not a whole number`,
    hint: 'write 20, 40k or 2M',
  };
}

/** Zero, or a quantity within the bounds that every scenario keeps to. */
function within(value: number, text: string, noun: string): Parsed {
  if (value === 0 || (value >= 1e-12 && value <= 1e18)) return { ok: true, value };
  return {
    ok: false,
    code: 'E0207',
    message: `'${text}' is too large or too small ${noun}`,
    hint: '',
  };
}
