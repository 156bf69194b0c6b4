import { describe, expect, it } from 'vitest';
import { parseBandwidth, parseDistance, parseSize, type Quantity } from '../../topology/index.ts';

const accepted: readonly [(text: string) => Quantity, string, number][] = [
  [parseBandwidth, '10Gbps', 10e9],
  [parseBandwidth, '1.2Tbps', 1.2e12],
  [parseBandwidth, '1.2 Tbps', 1.2e12],
  [parseBandwidth, '800bps', 800],
  [parseBandwidth, '56kbps', 56_000],
  // 1.1 × 10^6 rounds to 1100000.0000000002 when multiplied; the decimal is exact.
  [parseBandwidth, '1.1Mbps', 1_100_000],
  [parseBandwidth, '10GB/s', 80e9],
  [parseBandwidth, '1MiB/s', 8 * 1024 * 1024],
  [parseSize, '0B', 0],
  [parseSize, '60KB', 60_000],
  [parseSize, '60KiB', 61_440],
  [parseSize, '1.5MiB', 1.5 * 1024 * 1024],
  [parseSize, '8TiB', 8 * 1024 ** 4],
  [parseSize, '8TB', 8e12],
  [parseSize, '4.35GB', 4_350_000_000],
  [parseDistance, '250km', 250],
  [parseDistance, '800m', 0.8],
];

const refused: readonly [(text: string) => Quantity, string, RegExp, RegExp][] = [
  [
    parseBandwidth,
    '10gbps',
    /unknown unit "gbps"/,
    /^did you mean 10Gbps \(bits\) or 10GB\/s \(bytes\)/,
  ],
  [parseBandwidth, '10Gb/s', /unknown unit/, /10Gbps \(bits\) or 10GB\/s/],
  [parseBandwidth, '10Gbit/s', /unknown unit/, /10Gbps/],
  [parseBandwidth, '10GBps', /unknown unit/, /10Gbps/],
  [parseBandwidth, '10Kbps', /unknown unit/, /10kbps/],
  [parseBandwidth, '10mbps', /unknown unit/, /10Mbps/],
  [parseBandwidth, '10m', /unknown unit "m"/, /^units: bps/],
  [parseBandwidth, '10M', /unknown unit "M"/, /^units: bps/],
  [parseBandwidth, '10G', /unknown unit "G"/, /^units: bps/],
  [parseBandwidth, '10', /bare number/, /kbps, Mbps/],
  [parseBandwidth, '1e9', /unknown unit|is not a bandwidth/, /bps/],
  [parseBandwidth, '-1Gbps', /cannot be negative/, /number and a unit/],
  [parseBandwidth, '1,5Gbps', /unknown unit|is not/, /Gbps/],
  [parseBandwidth, '.5Gbps', /is not a bandwidth/, /number and a unit/],
  [parseBandwidth, '5.Gbps', /unknown unit|is not/, /Gbps/],
  [parseBandwidth, '', /is not a bandwidth/, /number and a unit/],
  [parseBandwidth, ' 1Gbps', /is not a bandwidth/, /number and a unit/],
  [parseBandwidth, 'Infinity bps', /is not a bandwidth/, /number/],
  [parseBandwidth, 'fast', /is not a bandwidth/, /number/],
  [parseBandwidth, '2000000Tbps', /too large/, /1e18/],
  [parseBandwidth, `${'9'.repeat(400)}Tbps`, /too large/, /1e18/],
  [parseBandwidth, '1Gbps 2Gbps', /is not|unknown/, /Gbps/],
  [parseSize, '60kb', /unknown unit/, /60KB/],
  [parseSize, '60kB', /unknown unit/, /60KB/],
  [parseSize, '60K', /unknown unit/, /KiB/],
  [parseSize, '8TIB', /unknown unit/, /8TiB/],
  [parseSize, '8', /bare number/, /KB, MB/],
  [parseSize, '1.5B', /whole number of bytes/, /whole/],
  [parseSize, '1Gbps', /unknown unit/, /GB/],
  [parseSize, '10m', /unknown unit/, /MB/],
  [parseDistance, '250', /bare number/, /m or km/],
  [parseDistance, '10mi', /unknown unit/, /m or km/],
  [parseDistance, '10KM', /unknown unit/, /10km/],
];

describe('quantities', () => {
  it.each(accepted)('%o reads %s', (parse, text, value) => {
    expect(parse(text)).toEqual({ ok: true, value });
  });

  it.each(refused)('%o refuses %s', (parse, text, message, hint) => {
    const parsed = parse(text);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.message).toMatch(message);
    expect(parsed.hint).toMatch(hint);
  });
});
