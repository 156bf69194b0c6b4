export { deterministicSubset } from './deterministic.ts';
export { randomSubset } from './random.ts';
export { LoadBand, LOAD_BAND_DEFAULTS, type LoadBandSettings } from './load-band.ts';
export { rocksteadierSubset } from './rocksteadier.ts';
export { apertureOf, apertureWidth, MIN_APERTURE, type ApertureShare } from './aperture.ts';
export { subsetShares, type SubsetClient, type SubsetSettings } from './shares.ts';
