export {
  choosePriority,
  divideByPriority,
  type PriorityLevel,
  type PriorityLoad,
} from './priority-load.ts';
export { PriorityPolicy, type PriorityPolicyOptions } from './priority-policy.ts';
export {
  chooseZone,
  isZoneAware,
  routeByZone,
  zoneShares,
  type ZoneRouting,
} from './zone-routing.ts';
export { LocalityPolicy, type LocalityPolicyOptions } from './locality-policy.ts';
export { localityWeight, ZonePolicy, type ZonePolicyOptions } from './zone-policy.ts';
export { SubsetPolicy } from './subset-policy.ts';
export { AperturePolicy } from './aperture-policy.ts';
export { BoundedLoadPolicy } from './bounded-load-policy.ts';
export { SlowStart, slowStartFactor, type SlowStartSettings } from './slow-start.ts';
