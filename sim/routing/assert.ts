/** Stops at once on a bug of ours; what users write is checked long before routing sees it. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`routing: ${message}`);
}
