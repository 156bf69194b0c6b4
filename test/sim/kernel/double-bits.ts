/** Doubles as integers: neighbours differ by one unit in the last place. */
const cell = new Float64Array(1);
const bits = new BigInt64Array(cell.buffer);

export function fromHex(hex: string): number {
  bits[0] = BigInt.asIntN(64, BigInt(`0x${hex}`));
  return cell[0]!;
}

/** How many doubles lie between two of equal sign, plus one; 0 when they are the same. */
export function ulpsBetween(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  cell[0] = a;
  const ofA = bits[0]!;
  cell[0] = b;
  return Math.abs(Number(ofA - bits[0]!));
}
