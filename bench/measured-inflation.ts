/**
 * RTT between cities as a multiple of the round trip of light in straight fibre (199.861 km/ms), by
 * great-circle distance: quantiles of 57,640 measured pairs of 242 cities.
 *
 * Source: WonderNetwork's public ping pages of 2018-11-10 (minimum RTT of each pair; pairs faster
 * than light left out), computed from the copy in ConsenSys/wittgenstein.
 */

export const QUANTILES = [0.25, 0.5, 0.75, 0.9] as const;

export interface DistanceBin {
  readonly fromKm: number;
  readonly toKm: number;
  /** One a quantile. */
  readonly inflation: readonly [number, number, number, number];
}

export const MEASURED_INFLATION: readonly DistanceBin[] = [
  { fromKm: 50, toKm: 200, inflation: [3.53, 5.75, 9.05, 14.1] },
  { fromKm: 200, toKm: 500, inflation: [2.57, 3.56, 5.78, 8.77] },
  { fromKm: 500, toKm: 1000, inflation: [2.45, 3.22, 4.46, 6.67] },
  { fromKm: 1000, toKm: 2000, inflation: [2.24, 2.73, 3.52, 4.82] },
  { fromKm: 2000, toKm: 4000, inflation: [1.98, 2.36, 2.94, 3.91] },
  { fromKm: 4000, toKm: 8000, inflation: [1.57, 1.84, 2.39, 3.26] },
  { fromKm: 8000, toKm: 12000, inflation: [1.68, 1.92, 2.38, 3.06] },
  { fromKm: 12000, toKm: Infinity, inflation: [1.62, 1.8, 2.04, 2.33] },
];

/** How many of the 242 cities are in each country; those of countries without a metro left out. */
export const MEASURED_CITIES: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AU:6 US:74 NL:8 DZ:1 TR:4 BE:4 IT:6 GR:2 NZ:3 IN:6 TH:1 ES:3 CH:6 GB:10 NO:2 CO:2 BR:3 SK:1 ' +
    'CZ:3 RO:1 HU:1 AR:1 EG:1 CA:9 ZA:2 VE:1 DK:1 PH:2 TZ:1 BD:1 AE:1 IE:1 DE:6 MA:1 PL:2 SE:2 ' +
    'CN:4 VN:2 FI:1 CR:1 HK:1 ID:1 IL:2 UG:1 KZ:1 UA:1 JP:4 NG:1 PK:1 PE:1 CY:1 PT:1 SI:1 FR:5 ' +
    'MY:1 MX:1 UY:1 RU:4 KE:1 RS:1 PA:1 KH:1 EC:1 IS:1 LV:1 SA:1 PR:1 CL:1 KR:1 SG:1 BG:2 TW:1 ' +
    'EE:1 GE:1 TN:1 AT:1 LT:1'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(3))]),
);

/**
 * Share of requests that anycast serves ≥ 25 ms, ≥ 100 ms slower than the best POP (Calder et
 * al., IMC 2015, figure 3).
 */
export const MEASURED_WORSE = { by25Ms: 0.2, by100Ms: 0.1 } as const;
