import { expOfNegative } from './exp.ts';
import { naturalLog } from './log.ts';

/**
 * base^exponent for base ≥ 0 and any exponent, the same bits on every engine. Exact for exponents 0
 * and 1; else by e^(exponent · ln base), whose error is about |exponent · ln base| ulp: for weights
 * and factors, where the last digits decide nothing.
 */
export function power(base: number, exponent: number): number {
  if (exponent === 0 || base === 1) return 1;
  if (exponent === 1) return base;
  if (base === 0) return exponent > 0 ? 0 : Infinity;
  const logarithm = exponent * naturalLog(base);
  return logarithm <= 0 ? expOfNegative(logarithm) : 1 / expOfNegative(-logarithm);
}
