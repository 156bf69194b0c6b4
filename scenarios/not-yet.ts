import type { Path } from './tree.ts';

/**
 * Words of the scenario format whose subject is not built yet, by path (`*` is any one step). They
 * are refused, never ignored: a scenario means all that it says.
 */
const NOT_YET: readonly (readonly [path: string, instead: string])[] = [
  ['attacks', 'attack traffic comes with the security features'],
  ['protection', 'rate limits, rules and scrubbing come with the security features'],
  ['plugins', 'policies from files come with --plugin'],
  ['traffic.users', 'one population: write its keys directly under traffic'],
  ['health.passive', 'outlier ejection; health.active works'],
  ['health.slow_start', 'health.active works'],
  ['output.trace', 'traces of single requests'],
  [
    'run.fidelity.flow',
    'write fidelity: request and a rate that can be simulated request by request',
  ],
  ['routing.convergence.messages', 'convergence: per-hop or instant'],
  ['events.*.restart', 'write drain and undrain, or fail with for'],
  ['events.*.start', 'starts attacks, which are not built yet'],
  ['events.*.stop', 'stops attacks, which are not built yet'],
  ['events.*.purge', 'purging caches'],
  ['balancer.load_bound', 'bounded loads'],
  ['balancer.signal', 'probing policies (Prequal)'],
  ['balancer.probes_per_request', 'probing policies (Prequal)'],
  ['balancer.probe_age', 'probing policies (Prequal)'],
  ['balancer.policy.peak-ewma', 'least-request and two-choices look at load'],
  ['balancer.policy.bounded-load', 'ring-hash works'],
  ['balancer.policy.prequal', 'least-request and two-choices look at load'],
  ['balancer.policy.jump', 'maglev and rendezvous work'],
  ['balancer.policy.priority', 'weights work'],
  ['cache.memory', 'one tier of memory: write cache.edge'],
  ['cache.disk', 'one tier: write cache.edge'],
  ['network.pops.*.compute', 'functions at the edge'],
  ['network.links.*.model', 'links are shared'],
  ['network.import.as_relationships', 'an AS graph has no places; give a map as json or graphml'],
];

/** What to do instead, or null when the path is none of them. */
export function notYet(path: Path): string | null {
  const found = NOT_YET.find(([pattern]) => {
    const steps = pattern.split('.');
    return (
      steps.length === path.length &&
      steps.every((step, i) => step === '*' || step === String(path[i]))
    );
  });
  return found?.[1] ?? null;
}
