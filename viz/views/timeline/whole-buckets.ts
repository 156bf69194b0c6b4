/** A brush ends where buckets do; one bucket at least. */
export function wholeBuckets(
  from_s: number,
  until_s: number,
  bucket_s: number,
): { readonly from: number; readonly until: number } {
  const first = Math.floor(from_s / bucket_s + 1e-9);
  const end = Math.max(Math.ceil(until_s / bucket_s - 1e-9), first + 1);
  return { from: first * bucket_s, until: end * bucket_s };
}
