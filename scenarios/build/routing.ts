import type { BgpSpec, DnsSpec, RoutingSpec } from '../../sim/index.ts';
import { ROUTING } from '../catalogue.ts';
import { decodeNamed } from '../named-options.ts';
import { nearestName } from '../suggest.ts';
import { nodeAt } from '../tree.ts';
import { keyAt, type BuildContext } from './context.ts';
import { checkPop } from './services.ts';

/** How clients find a POP. */

export function buildRouting(context: BuildContext): RoutingSpec {
  const { root, findings } = context;
  const strategy = decodeNamed(root, ['routing'], ROUTING, 'strategy', ['convergence'], findings);
  const prefix = prefixOf(context);
  const routing = strategy ?? { name: 'anycast', options: {} };
  return {
    strategy: withRegions(routing, context),
    convergence: convergenceOf(context),
    bgp: bgpOf(prefix?.bgp),
    dns: dnsOf(context),
    prepends: prefix?.prepend ?? {},
    announceFrom: prefix?.announce?.from ?? 'all',
    announceVia: prefix?.announce?.via ?? ['transit', 'ixp'],
  };
}

type PrefixSettings = NonNullable<ReturnType<typeof prefixOf>>;

function prefixOf(context: BuildContext) {
  const prefixes = context.sections.read(context.root, 'prefixes') ?? {};
  const [name, second] = Object.keys(prefixes);
  if (second !== undefined) {
    context.findings.error(
      'E0303',
      keyAt(context, 'prefixes', second),
      'a second prefix is not yet supported',
      { hint: 'one prefix; strategies split it as they need' },
    );
  }
  if (name === undefined) return undefined;
  const prefix = prefixes[name]!;
  for (const pop of Object.keys(prefix.prepend ?? {})) {
    checkPop(pop, context, 'prefixes', name, 'prepend', pop);
  }
  const from = prefix.announce?.from ?? 'all';
  if (from !== 'all') {
    for (const [i, pop] of from.entries())
      checkPop(pop, context, 'prefixes', name, 'announce', 'from', i);
  }
  return prefix;
}

/** RFC 4271 timers; per-AS delay so that a withdrawal reaches half of the world in some seconds. */
function bgpOf(bgp: PrefixSettings['bgp']): BgpSpec {
  return {
    mraiNs: bgp?.mrai ?? 30e9,
    holdTimerNs: bgp?.hold_timer ?? 90e9,
    bfd: bgp?.bfd ?? false,
    propagationLowNs: bgp?.propagation?.lowNs ?? 0.25e9,
    propagationHighNs: bgp?.propagation?.highNs ?? 2e9,
  };
}

function dnsOf(context: BuildContext): DnsSpec {
  const dns = context.sections.read(context.root, 'dns');
  return {
    ttlNs: dns?.ttl ?? 60e9,
    clientsIgnoringTtlRatio: dns?.clients_ignoring_ttl ?? 0,
    ecsRatio: dns?.ecs ?? 0.35,
    remoteResolverRatio: dns?.remote_resolvers ?? 0.05,
    failoverNs: dns?.failover ?? 30e9,
  };
}

/** `regions:` beside `routing:` is an option of the strategy that has such an option. */
function withRegions(
  strategy: RoutingSpec['strategy'],
  context: BuildContext,
): RoutingSpec['strategy'] {
  const node = nodeAt(context.root, ['regions']);
  if (node === undefined) return strategy;
  if (strategy.name !== 'anycast-regional') {
    context.findings.error(
      'E0401',
      keyAt(context, 'regions'),
      `'regions' is for anycast-regional, not for '${strategy.name}'`,
    );
  } else if (node.kind !== 'scalar' || node.value !== 'continent') {
    const near = node.kind === 'scalar' && nearestName(String(node.value), ['continent']);
    context.findings.error('E0311', node.place, "'regions' can be continent", {
      hint: near ? "did you mean 'continent'?" : undefined,
    });
  }
  return { ...strategy, options: { ...strategy.options, regions: 'continent' } };
}

function convergenceOf(context: BuildContext): 'instant' | 'per-hop' {
  const node = nodeAt(context.root, ['routing', 'convergence']);
  if (node === undefined) return 'per-hop';
  const word = node.kind === 'scalar' ? node.value : null;
  if (word === 'instant' || word === 'per-hop') return word;
  const later = word === 'messages';
  context.findings.error(
    later ? 'E0303' : 'E0311',
    node.place,
    later ? "'messages' is not yet supported" : `${String(word)} is not a 'convergence'`,
    { notes: ['one of instant, per-hop'] },
  );
  return 'per-hop';
}
