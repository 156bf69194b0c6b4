import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import { createBalancer, policies, type BackendIndex } from '../../../balancer/index.ts';
import { readVectors } from '../read-vectors.ts';

interface FiniteCase {
  readonly id: string;
  readonly inputs: { readonly N: number; readonly rho: number; readonly policy: 'jsq' | 'sq2' };
  readonly expected: { readonly W?: number };
}

const JUMPS = 1_500_000;

/**
 * Mean sojourn time of n exponential servers (rate 1) behind a policy, arrivals Poisson(nρ).
 * Little: W = E[requests inside] ÷ (nρ). Only the jump chain is simulated, each state weighted by
 * its mean holding time 1 ÷ (nρ + busy servers), which is exact and less noisy than drawing it.
 */
function meanSojourn(name: string, options: object, n: number, rho: number): number {
  const random = seedrandom.alea('chain');
  const definition = policies.find((policy) => policy.name === name)!;
  const policy = definition.create(options, { random: seedrandom.alea('policy') });
  const balancer = createBalancer({ policy, clock: { nowNs: 0 } });
  for (let i = 0; i < n; i++) balancer.add({ id: `b${i}` });
  const arrivalRate = n * rho;
  const busy: BackendIndex[] = [];
  let inside = 0;
  let areaInside = 0;
  let time = 0;
  for (let jump = 0; jump < JUMPS; jump++) {
    const totalRate = arrivalRate + busy.length;
    time += 1 / totalRate;
    areaInside += inside / totalRate;
    const event = random() * totalRate;
    if (event < arrivalRate) {
      const backend = balancer.pick(0, 0);
      if (balancer.pool.inFlight(backend) === 0) busy.push(backend);
      balancer.start(backend);
      inside++;
    } else {
      const which = Math.min(Math.floor(event - arrivalRate), busy.length - 1);
      balancer.finish(busy[which]!, 'success', 0);
      inside--;
      if (balancer.pool.inFlight(busy[which]!) === 0) busy.splice(which, 1);
    }
  }
  return areaInside / time / arrivalRate;
}

const POLICY = { jsq: 'least-request', sq2: 'two-choices' } as const;

/**
 * 750,000 arrivals: scaled from the vectors' own 99 % half-widths (0.26 % from 6 million at
 * ρ = 0.5), about 0.8 % here; twice that at ρ = 0.8.
 */
const tolerance = (rho: number) => (rho > 0.5 ? 0.016 : 0.008);

describe('mean sojourn time against the exact finite chains', () => {
  const cases = readVectors<FiniteCase[]>('queueing/finite-n-lb.json').filter(
    ({ inputs, expected }) => expected.W !== undefined && inputs.rho <= 0.8,
  );
  test.each(cases)('$id', ({ inputs: { N, rho, policy }, expected }) => {
    const measured = meanSojourn(POLICY[policy], {}, N, rho);
    expect(Math.abs(measured / expected.W! - 1)).toBeLessThan(tolerance(rho));
  });

  test('drawing with replacement is another system, and the tolerance can tell', () => {
    const exact = cases.find(({ id }) => id === 'sq2-N3-rho0.5')!.expected.W!;
    const measured = meanSojourn('two-choices', { replacement: true }, 3, 0.5);
    expect(measured / exact - 1).toBeGreaterThan(2 * tolerance(0.5));
  });
});
