import { z } from 'zod';
import type { FailureReason } from '../../dispatching/dispatch-settings.ts';
import { duration, probability } from '../../options.ts';

/**
 * How quantities are written in options. Whoever has forms and messages of its own (scenarios, with
 * lines and columns) brings them along, so that there is one list of keys for all.
 */
export interface Quantities {
  /** `250ms` → ns. */
  duration(): z.ZodType<number, string | number>;
  /** `70%` → 0.7. */
  share(): z.ZodType<number, string | number>;
  /** A whole number. */
  count(least: number, most?: number): z.ZodType<number, string | number>;
  numberAbove(least: number): z.ZodType<number, number>;
  onOff(): z.ZodType<boolean, boolean | 'on' | 'off'>;
  failureReasons(): z.ZodType<FailureReason[], Written | readonly Written[]>;
  /** By name. */
  numbersAbove(least: number): z.ZodType<Record<string, number>, Record<string, number>>;
}

type Written = FailureReason | 503 | 504;

const REASONS = ['timeout', 'reset', 'connect_error', '503', '504', '5xx'] as const;

/** YAML and people write `503` as a number. */
const reason = z
  .union([z.enum(REASONS), z.literal(503), z.literal(504)])
  .transform((written) => String(written) as FailureReason);

const numberAbove = (least: number) => z.number().gt(least);

/** The library's own. */
export const plainQuantities: Quantities = {
  duration,
  share: probability,
  count: (least, most = Number.MAX_SAFE_INTEGER) => z.int().min(least).max(most),
  numberAbove,
  onOff: () =>
    z
      .union([z.boolean(), z.enum(['on', 'off'])])
      .transform((value) => value === true || value === 'on'),
  failureReasons: () =>
    z
      .union([reason, z.array(reason).readonly()])
      .transform((written) => (typeof written === 'string' ? [written] : [...written])),
  numbersAbove: (least) => z.record(z.string(), numberAbove(least)),
};
