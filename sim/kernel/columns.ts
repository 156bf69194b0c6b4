type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** The column with room for `capacity` entries: same values, zeros behind. */
export function grown<T extends Column>(column: T, capacity: number): T {
  const larger = new (column.constructor as new (length: number) => T)(capacity);
  larger.set(column);
  return larger;
}
