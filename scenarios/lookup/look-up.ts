import { z } from 'zod';
import {
  attemptsOf,
  countMoves,
  placeKeys,
  policies,
  policyNotes,
  type BackendOptions,
  type KeyMoves,
  type MembershipChange,
  type PolicyDefinition,
} from '../../balancer/index.ts';
import type { PolicySpec } from '../../sim/index.ts';
import { POLICIES } from '../catalogue.ts';
import { nearestName } from '../suggest.ts';
import { parseBackends, parseChanges } from './backend-list.ts';
import { LookupError, type LookupRequest } from './lookup-request.ts';

/** What a scenario contributes to a look-up: the servers of a POP and its policy. */
export interface LookupPlace {
  readonly backends: readonly BackendOptions[];
  readonly policy: PolicySpec;
}

export interface LookupReport {
  readonly policy: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly heedsWeights: boolean;
  readonly changes: readonly MembershipChange[];
  /** Each key that was named: where it goes, before and after; `attempts` are of before. */
  readonly keys: readonly LookedUpKey[];
  /** Of the made-up keys; null when none were asked for. */
  readonly moves: KeyMoves | null;
}

export interface LookedUpKey {
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly attempts: readonly string[];
}

/** Where keys go and what moves. Throws a LookupError for what cannot be. */
export function lookUp(request: LookupRequest, place: LookupPlace | null = null): LookupReport {
  const policy = policyOf(request.policy ?? place?.policy.name);
  const fromPlace = request.policy === undefined ? place?.policy.options : undefined;
  const options = parseOptions(policy, fromPlace ?? {}, request.options);
  const backends = backendsOf(request, place);
  const changes = parseChanges(backends, request.changes);
  const named = { policy, options, backends };
  const { keys } = request;
  const placed = placeKeys({ ...named, changes, keys });
  const heedsWeights = policyNotes[policy.name]?.heedsWeights ?? true;
  const madeUp = Array.from({ length: request.keyCount }, (_, i) => `key-${i}`);
  return {
    policy: policy.name,
    options,
    heedsWeights,
    changes,
    keys: keys.map((key, i) => ({
      key,
      before: placed.before[i]!,
      after: placed.after[i]!,
      attempts: attemptsOf(named, key, request.attemptCount),
    })),
    moves:
      request.keyCount === 0
        ? null
        : countMoves(placeKeys({ ...named, changes, keys: madeUp }), heedsWeights),
  };
}

function policyOf(name: string | undefined): PolicyDefinition {
  const consistent = policies.filter((policy) => policy.consistent).map((policy) => policy.name);
  if (name === undefined) {
    throw new LookupError('no policy given', `--policy NAME, one of ${consistent.join(', ')}`);
  }
  const policy = policies.find((each) => each.name === name);
  if (policy === undefined) {
    const meant = POLICIES.aliases[name] ?? nearestName(name, consistent);
    throw new LookupError(
      `unknown policy '${name}'`,
      meant === undefined ? `policies: ${consistent.join(', ')}` : `did you mean '${meant}'?`,
    );
  }
  if (!policy.consistent) {
    throw new LookupError(
      `'${name}' does not look at keys: the same key may go anywhere`,
      `policies that do: ${consistent.join(', ')}`,
    );
  }
  return policy;
}

function backendsOf(request: LookupRequest, place: LookupPlace | null): readonly BackendOptions[] {
  if (request.backends !== undefined) return parseBackends(request.backends);
  if (place !== null) return place.backends;
  throw new LookupError(
    'no backends given',
    'write --backends a,b,c or b0..b9, or --scenario FILE',
  );
}

/** `table_size=5003`: a number, true, false, or else a text; checked by the policy's own schema. */
function parseOptions(
  policy: PolicyDefinition,
  given: Readonly<Record<string, unknown>>,
  written: readonly string[],
): Record<string, unknown> {
  const options = { ...given };
  for (const setting of written) {
    const at = setting.indexOf('=');
    if (at < 1) throw new LookupError(`--option ${setting}: write --option name=value`);
    options[setting.slice(0, at)] = valueOf(setting.slice(at + 1));
  }
  const parsed = policy.options.safeParse(options);
  if (parsed.success) return options;
  const [issue] = parsed.error.issues;
  if (issue!.code === 'unrecognized_keys') throw unknownOption(policy, issue!.keys[0]!);
  const at = issue!.path.length === 0 ? '' : `${issue!.path.join('.')}: `;
  throw new LookupError(
    `${policy.name}: ${at}${issue!.message}`,
    `anycastle explain policy ${policy.name}`,
  );
}

function unknownOption({ name, options }: PolicyDefinition, key: string): LookupError {
  const known = options instanceof z.ZodObject ? Object.keys(options.shape as object) : [];
  const nearest = nearestName(key, known);
  const listed = known.length === 0 ? `${name} has no options` : `options: ${known.join(', ')}`;
  return new LookupError(
    `${name} has no option '${key}'`,
    nearest === undefined ? listed : `did you mean '${nearest}'?`,
  );
}

function valueOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
