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
  [
    'run.fidelity.flow',
    'write fidelity: request and a rate that can be simulated request by request',
  ],
  ['routing.convergence.messages', 'convergence: per-hop or instant'],
  ['events.*.start', 'starts attacks, which are not built yet'],
  ['events.*.stop', 'stops attacks, which are not built yet'],
  ['events.*.purge', 'purging caches'],
  ['balancer.signal', 'write policy: prequal'],
  ['balancer.probes_per_request', 'write policy: prequal, probes: 3'],
  ['balancer.probe_age', 'write policy: prequal, max_age: 1s'],
  ['cache.memory', 'one tier of memory: write cache.edge'],
  ['cache.disk', 'one tier: write cache.edge'],
  ['network.pops.*.compute', 'functions at the edge'],
  ['network.links.*.model', 'links are shared'],
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
