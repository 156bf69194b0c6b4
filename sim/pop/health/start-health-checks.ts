import {
  createActiveView,
  ObservedBalancer,
  PassiveView,
  type HealthView,
  type ViewPorts,
} from '../../../balancer/index.ts';
import type { RandomStreams } from '../../kernel/random.ts';
import type { Tables } from '../../tables.ts';
import { ServerProber } from './server-prober.ts';
import { SWIM, SwimGroup } from './swim-group.ts';

/**
 * Health checks of the balancer library for every balancer instance of every POP: each probes and
 * listens on its own and has its own opinion. A server's reported health is that of its POP's first
 * instance.
 */
export function startHealthChecks(tables: Tables, streams: RandomStreams): void {
  const { world, pops, membership } = tables;
  const groups = pops.names.map((_, pop) =>
    world.health?.rule?.name === SWIM
      ? new SwimGroup(tables, pop, world.health, streams.stream('swim', pops.names[pop]!))
      : null,
  );
  membership.begin((balancer) => {
    const pop = pops.popOfBalancer(balancer);
    return viewsOf(tables, streams, balancer, groups[pop]!);
  });
  for (const group of groups) group?.start();
}

function viewsOf(
  tables: Tables,
  streams: RandomStreams,
  balancer: number,
  group: SwimGroup | null,
): readonly HealthView[] {
  const { world, pops, kernel } = tables;
  const { health, passive } = world;
  const pop = pops.popOfBalancer(balancer);
  const instance = balancer - pops.balancersOf(pop).first;
  const entity = `${pops.names[pop]}/${instance}`;
  const own = pops.balancers[balancer]!;
  const listened = own instanceof ObservedBalancer ? own : null;
  const portsWith = (purpose: string): ViewPorts => {
    const stream = streams.stream(purpose, entity);
    return {
      pool: own.pool,
      timers: kernel,
      random: () => stream.uniform(),
      onChange: (backend, isWell, atNs) =>
        verdictChanged(tables, balancer, { backend, isWell, atNs }),
    };
  };
  const views: HealthView[] = [];
  if (group !== null) views.push(group.viewOf(instance, portsWith('probe-jitter')));
  else if (health !== null) {
    const draws = {
      losses: streams.stream('probe', entity),
      work: streams.stream('probe-work', entity),
    };
    const prober = new ServerProber(tables, pop, health, draws);
    views.push(createActiveView(health, prober, listened, portsWith('probe-jitter')));
  }
  if (passive !== undefined) {
    views.push(new PassiveView(passive, listened!, portsWith('passive-health')));
  }
  return views;
}

interface Verdict {
  readonly backend: Parameters<ViewPorts['onChange']>[0];
  readonly isWell: boolean;
  readonly atNs: number;
}

function verdictChanged(tables: Tables, balancer: number, verdict: Verdict): void {
  const { pops, membership, keyMoves, observers } = tables;
  const { backend, isWell, atNs } = verdict;
  const pop = pops.popOfBalancer(balancer);
  if (isWell) membership.recovered(balancer, backend);
  if (balancer !== pops.balancersOf(pop).first) return;
  observers.serverHealthChanged(pops.firstServer(pop) + backend, isWell, atNs);
  keyMoves.serverChanged(pop);
}
