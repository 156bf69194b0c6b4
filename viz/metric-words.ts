const STATISTIC = /^(.+)_(mean|min|max|p\d{2,})_s$/;
/** Units at the end of a key: the value says them. */
const UNITS = /_(per_s|bps|s)$/;
const ABBREVIATIONS = /\b(rtt|ttfb|dns|bgp|pop)\b/g;

/** A metric's key as people say it: `latency_p95_s` is `p95 latency`, `_p999_s` is `p99.9`. */
export function metricWords(key: string): string {
  const [, what, statistic] = STATISTIC.exec(key) ?? [];
  const name = statistic?.replace(/^p(\d\d)(\d+)$/, 'p$1.$2');
  const words = what === undefined ? key.replace(UNITS, '') : `${name} ${what}`;
  return words.replaceAll('_', ' ').replaceAll(ABBREVIATIONS, (short) => short.toUpperCase());
}
