/**
 * L'Ecuyer's combined multiple recursive generator MRG32k3a (Operations Research 47, 1999), the
 * generator of ns-3 and SSJ. Here to check the engine's own streams against: exact in doubles.
 */
export class Mrg32k3a {
  readonly state: number[];

  constructor(state: readonly number[]) {
    this.state = [...state];
  }

  /** In (0, 1), on a grid of about 2^-32. */
  uniform(): number {
    const [a0, a1, a2, b0, b1, b2] = this.state as [number, number, number, number, number, number];
    const a = modulo(1_403_580 * a1 - 810_728 * a0, M1);
    const b = modulo(527_612 * b2 - 1_370_589 * b0, M2);
    this.state.splice(0, 6, a1, a2, a, b1, b2, b);
    return (a > b ? a - b : a - b + M1) * 2.328306549295728e-10;
  }
}

const M1 = 4_294_967_087;
const M2 = 4_294_944_443;

function modulo(x: number, m: number): number {
  const rest = x % m;
  return rest < 0 ? rest + m : rest;
}
