import type { EligibleBackend } from '../pools/eligible-backend.ts';
import { effectiveWeight } from '../turns/haproxy-weights.ts';

/**
 * HAProxy's server map (`lb_map.c`): as many slots as the weights, in sixteenths and reduced, sum
 * to, interleaved.
 */
export function serverMap(backends: readonly EligibleBackend[]): Int32Array {
  const weights = backends.map(({ weight }) => effectiveWeight(weight));
  const divisor = weights.reduce((gcd, weight) => greatestCommonDivisor(gcd, weight), 0);
  const map = fillMap(weights.map((weight) => weight / divisor));
  return map.map((position) => backends[position]!.backend);
}

/**
 * HAProxy's `recalc_server_map`: as many slots as the weights sum to. At each slot everybody earns
 * his weight, and the first whose score, in whole multiples of the total, is greatest pays it.
 */
function fillMap(weights: readonly number[]): Int32Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scores = weights.map(() => 0);
  return Int32Array.from({ length: total }, () => {
    let best = -1;
    let most = 0;
    for (let i = 0; i < weights.length; i++) {
      scores[i]! += weights[i]!;
      const multiple = Math.trunc((scores[i]! + total) / total);
      if (best >= 0 && multiple <= most) continue;
      best = i;
      most = multiple;
    }
    scores[best]! -= total;
    return best;
  });
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
