/**
 * Elementary functions with the same bits on every engine and platform. ECMA-262 leaves `Math.log`
 * and its family to the implementation, and implementations differ (and change): one ulp in one
 * service time can reorder two events and change everything after. These use + − × ÷ and the bits
 * of doubles only. Errors are below 1 ulp.
 */
export { exp, expm1 } from './exp.ts';
export { log, log1p } from './log.ts';
export { pow } from './pow.ts';
export { cos, sin } from './trigonometry.ts';
