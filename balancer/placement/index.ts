export {
  attemptsOf,
  hashKeys,
  placeKeys,
  type KeyWords,
  type MembershipChange,
  type Placement,
  type PlacementRequest,
} from './place-keys.ts';
export { countMoves, type BackendShare, type KeyMoves } from './count-moves.ts';
