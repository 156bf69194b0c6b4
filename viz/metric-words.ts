const QUANTILE = /^(.+)_p(\d{2,})_s$/;
/** Units at the end of a key, longest first: the value says them. */
const UNITS = /_(per_s|bps|bytes|ratio|s)$/;

/** A metric's key as people say it: `latency_p95_s` is `p95 latency`, `_p999_s` is `p99.9`. */
export function metricWords(key: string): string {
  const quantile = QUANTILE.exec(key);
  const digits = quantile?.[2]?.replace(/^(\d\d)(\d+)$/, '$1.$2');
  const words = quantile === null ? key : `p${digits} ${quantile[1]}`;
  return words.replace(UNITS, '').replaceAll('_', ' ');
}
