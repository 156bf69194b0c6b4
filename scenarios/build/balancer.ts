import {
  affinitySettings,
  layerContradictions,
  limitSettings,
  policies,
  prioritySettings,
  retrySettings,
  subsetSettings,
} from '../../balancer/index.ts';
import type {
  AroundSpec,
  BalancerSpec,
  ClassSpec,
  LoadsSpec,
  PolicySpec,
  PopSpec,
} from '../../sim/index.ts';
import { POLICIES } from '../catalogue.ts';
import { decodePart } from '../decode-part.ts';
import { decodeNamed } from '../named-options.ts';
import { balancerLayers, LAYER_KEYS, type BalancerLayers } from '../schema/balancer.ts';
import { keyAt, type BuildContext } from './context.ts';
import { directorTree } from './directors.ts';
import { rebuildOf } from './rebuild.ts';
import { slowStartOf } from './slow-start.ts';
import { checkTableSize } from './table-size.ts';
import { zonesOf } from './zones.ts';

/** How a POP chooses a server: the policy, and the layers around it. */
export function buildBalancer(
  classes: readonly ClassSpec[],
  pops: readonly PopSpec[],
  context: BuildContext,
): BalancerSpec {
  const { root, findings } = context;
  const named = decodeNamed(root, ['balancer'], POLICIES, 'policy', LAYER_KEYS, findings);
  const layers = decodePart(balancerLayers, root, ['balancer'], LAYER_KEYS, findings) ?? {};
  if (named !== undefined && layers.director !== undefined) {
    contradiction(context, 'director', "'director' stands in place of a policy");
  }
  const hasObjects = classes.some(({ objects }) => objects !== null);
  const policy = named ?? { name: 'round-robin', options: {} };
  const mostServers = Math.max(0, ...pops.map(({ servers }) => servers.length));
  checkTableSize(policy, mostServers, ['balancer'], context);
  const around = aroundOf(policy, layers, pops, context);
  return {
    policy,
    hashKey: layers.hash_key ?? (hasObjects ? 'object' : 'client'),
    ...panicOf(context),
    ...(Object.keys(around).length === 0 ? {} : { around }),
  };
}

/** Envoy's panic threshold; Envoy begins with 50 %, here health counts unless told otherwise. */
function panicOf(context: BuildContext): Pick<BalancerSpec, 'panicThreshold'> {
  const health = context.sections.read(context.root, 'health');
  if (health === undefined || health === 'off' || health.panic_threshold === undefined) return {};
  return { panicThreshold: health.panic_threshold };
}

function aroundOf(
  policy: PolicySpec,
  layers: BalancerLayers,
  pops: readonly PopSpec[],
  context: BuildContext,
): AroundSpec {
  checkTransport(policy, layers, context);
  checkLayers(layers, context);
  const parts = {
    director: directorTree(layers, pops, context),
    ...subsetSettings(layers),
    priorities: prioritySettings(layers),
    zones: zonesOf(layers, pops, context),
    slowStart: slowStartOf(policy, layers, context),
    retries: retrySettings(layers),
    limits: limitSettings(layers),
    affinity: affinitySettings(layers),
    transport: transportOf(layers),
    loads: loadsOf(policy, layers),
    holdsBack: holdsBackOf(policy),
    rebuild: rebuildOf(policy, layers, context),
  };
  const given = Object.entries(parts).filter(([, part]) => part !== undefined);
  return Object.fromEntries(given) as AroundSpec;
}

/** Reports what cannot stand together. */
function checkLayers(layers: BalancerLayers, context: BuildContext): void {
  const isSound = context.sections.isSound(context.root, 'health');
  const panics = isSound && Boolean(panicOf(context).panicThreshold);
  for (const { key, message } of layerContradictions(layers, panics)) {
    contradiction(context, key, message);
  }
}

/** `BEAMER_DEFAULT_DAISY_TIMEOUT` of beamer-mod, 4 minutes. */
const BEAMER_CHAIN_NS = 240e9;

function transportOf({ transport }: BalancerLayers): AroundSpec['transport'] {
  if (transport === undefined) return undefined;
  const written = typeof transport === 'string' ? { kind: transport } : transport;
  const { kind, capacity = Infinity, daisy_chain: chainNs = BEAMER_CHAIN_NS } = written;
  return { kind, capacity, chainNs };
}

/** An L4 balancer sees packets and no requests, and finds a connection's server by its hash. */
function checkTransport({ name }: PolicySpec, layers: BalancerLayers, context: BuildContext): void {
  if (layers.transport === undefined) return;
  for (const key of ['retries', 'circuit_breaker', 'connections', 'affinity'] as const) {
    if (layers[key] === undefined) continue;
    contradiction(context, key, `'${key}' is for L7 balancers, 'transport' makes it L4`);
  }
  const { transport } = layers;
  // A cookie names the server, whoever chose it.
  if ((typeof transport === 'string' ? transport : transport.kind) === 'cheetah') return;
  const isHashing = policies.find((policy) => policy.name === name)?.consistent ?? false;
  if (!isHashing) {
    contradiction(context, 'transport', `'transport' needs a hashing policy, not '${name}'`);
  } else if (layers.hash_key !== 'client') {
    contradiction(context, 'transport', "'transport' hashes connections: write hash_key: client");
  }
}

const LIVE_ON_REPORTS = ['wrr-utilisation-grpc', 'heat-weighted'];

/** A policy that lives on what servers tell is told, without being asked to be. */
function loadsOf({ name, options }: PolicySpec, layers: BalancerLayers): LoadsSpec | undefined {
  const written = layers.load_information;
  const reportNs = written?.reports ?? (LIVE_ON_REPORTS.includes(name) ? 1e9 : null);
  const probeRoundTripNs = written?.probe_round_trip ?? (name === 'prequal' ? 500e3 : null);
  const boardNs = written?.board ?? null;
  const awaitsProbes = name === 'prequal' && options['mode'] === 'sync';
  if (reportNs === null && probeRoundTripNs === null && boardNs === null) return undefined;
  return { boardNs, reportNs, probeRoundTripNs, awaitsProbes };
}

/** C3 with its rate control holds requests back; other policies answer at once. */
function holdsBackOf({ name, options }: PolicySpec): AroundSpec['holdsBack'] {
  return name === 'c3' && options['rate_control'] === true ? true : undefined;
}

function contradiction(context: BuildContext, key: string, message: string): void {
  context.findings.error('E0401', keyAt(context, 'balancer', key), message);
}
