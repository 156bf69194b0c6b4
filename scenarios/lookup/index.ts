export { lookUp, type LookedUpKey, type LookupPlace, type LookupReport } from './look-up.ts';
export { placeOf } from './lookup-place.ts';
export { LookupError, type LookupRequest } from './lookup-request.ts';
export type { BackendShare, KeyMoves } from '../../balancer/index.ts';
