/**
 * Round trip through a client's access network, by technology: median idle latency of US home
 * broadband to the nearest test server (FCC "Measuring Broadband America", fixed, collected to
 * 2023; quantiles by Sharma et al., "Where Has the Time Gone?", TMA 2024).
 *
 * The measurement includes the way to the test server, 2–4 ms; it is not subtracted, as clients
 * also cross their metro. Not modelled: Wi-Fi at home, load on the line (bufferbloat), mobile.
 */

import type { AccessTechnology } from './attributes.ts';

/** Median RTT, ns. */
export const ACCESS_RTT_NS: Readonly<Record<AccessTechnology, number>> = {
  fibre: 9_700_000,
  cable: 16_800_000,
  dsl: 26_800_000,
};
