import {
  countMoves,
  hashKeys,
  placeKeys,
  policyNotes,
  type KeyMoves,
  type KeyWords,
  type MembershipChange,
  type PolicyDefinition,
} from '../../../balancer/index.ts';

/** One standard error of a tenth of them is 2.1 % of it. */
export const KEY_COUNT = 20_000;
export const BACKEND_COUNT = 10;

const KEYS = Array.from({ length: KEY_COUNT }, (_, i) => `/object/${i}`);

/** What a policy that looks at keys did with `KEYS`. */
export interface HashingMeasures {
  /** Fullest of ten equal backends ÷ its fair share. */
  readonly peak: number;
  /** Weights 1, 1, 2, 3, 5: greatest distance of a share from its weight's, relative to it. */
  readonly weightError: number | null;
  /** Moves ÷ those that had to be, by change. */
  readonly middleLeaves: number;
  readonly lastLeaves: number;
  readonly oneJoins: number;
  /** One weight of ten from 10 to 20. */
  readonly oneDoubles: number | null;
}

export function measureHashing(policy: PolicyDefinition): HashingMeasures {
  const { heedsWeights } = policyNotes[policy.name]!;
  const keys = hashKeys(policy, keysOf(policy));
  const after = (...changes: MembershipChange[]): KeyMoves => movesOf(policy, keys, changes);
  const leave = (i: number) => after({ verb: 'remove', id: idOf(i) });
  const ratio = ({ moved, unavoidable }: KeyMoves): number => moved / unavoidable;
  return {
    peak: after().peakBefore,
    weightError: heedsWeights ? weightErrorOf(policy, keys) : null,
    middleLeaves: ratio(leave(4)),
    lastLeaves: ratio(leave(BACKEND_COUNT - 1)),
    oneJoins: ratio(after({ verb: 'add', id: idOf(BACKEND_COUNT), weight: 10 })),
    oneDoubles: heedsWeights ? ratio(after({ verb: 'weight', id: idOf(4), weight: 20 })) : null,
  };
}

/** As the products name them: nginx's and Pingora's labels are host and port. */
const idOf = (i: number): string => `10.0.0.${i + 1}:80`;

function movesOf(
  policy: PolicyDefinition,
  keys: readonly KeyWords[],
  changes: readonly MembershipChange[],
): KeyMoves {
  const backends = Array.from({ length: BACKEND_COUNT }, (_, i) => ({ id: idOf(i), weight: 10 }));
  const placement = placeKeys({ policy, options: {}, backends, changes, keys });
  return countMoves(placement, policyNotes[policy.name]!.heedsWeights);
}

function weightErrorOf(policy: PolicyDefinition, keys: readonly KeyWords[]): number {
  const backends = [1, 1, 2, 3, 5].map((part, i) => ({ id: idOf(i), weight: 10 * part }));
  const request = { policy, options: {}, backends, changes: [], keys };
  const { backends: shares } = countMoves(placeKeys(request), true);
  return Math.max(
    ...shares.map(({ keysBefore, fairBefore }) =>
      Math.abs(keysBefore / KEY_COUNT / fairBefore - 1),
    ),
  );
}

/** Addresses for the policy that hashes them. */
function keysOf({ name }: PolicyDefinition): readonly string[] {
  if (name !== 'ip-hash-nginx') return KEYS;
  return KEYS.map((_, i) => `${i % 223}.${(i >> 3) & 255}.${(i >> 7) & 255}.1`);
}
