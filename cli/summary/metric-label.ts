/** `latency_p95_s` → `p95 latency`; other keys lose their unit and underscores. */
export function metricLabel(key: string): string {
  const quantile = /^(latency|ttfb|rtt|inflation)_(p\d+|mean|max|min)_s$/.exec(key);
  if (quantile) return `${quantileLabel(quantile[2]!)} ${quantile[1]}`;
  return key
    .replace(/_per_s$/, '/s')
    .replace(/_(s|bps)$/, '')
    .replaceAll('_', ' ');
}

/** `p999` is the 99.9 % quantile. */
function quantileLabel(name: string): string {
  return name.replace(/^p(\d\d)(\d+)$/, 'p$1.$2');
}

/** Ratios differ in percentage points, everything else in per cent. */
export function isRatio(key: string): boolean {
  return /(^|_)(ratio|share|availability|utilisation|offload)(_|$)/.test(key);
}
