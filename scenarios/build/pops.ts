import type { PopSpec, ServerSpec } from '../../sim/index.ts';
import { LIMITS } from '../limits.ts';
import type { PopSettings } from '../schema/network.ts';
import { hasUnknownSections } from '../sections.ts';
import { nodeAt } from '../tree.ts';
import { keyAt, valueAt, type BuildContext } from './context.ts';

/** POPs of the map and of the file, in that order; `'*'` holds what all have unless they say. */
export function buildPops(context: BuildContext): readonly PopSpec[] {
  const network = context.sections.read(context.root, 'network');
  const { findings, names, root } = context;
  if (names.pops.length === 0) {
    const mapped = ['world', 'import'].some((key) => nodeAt(root, ['network', key]) !== undefined);
    if (!mapped && context.sections.isSound(root, 'network') && !hasUnknownSections(root)) {
      findings.error('E0406', keyAt(context, 'network'), 'the scenario has no POP', {
        hint: 'network: { pops: { lab: { servers: 1 } } }, or a topology/ preset',
      });
    }
    return [];
  }
  if (names.pops.length > LIMITS.pops) {
    findings.error('E0407', keyAt(context, 'network', 'pops'), `more than ${LIMITS.pops} POPs`);
    return [];
  }
  if (network === undefined && root.entries.has('network')) return [];
  const all = network?.pops?.['*'] ?? {};
  const pops = names.pops.map((name) => popOf(name, { ...all, ...network?.pops?.[name] }));
  refuseDoubleGroups(network?.pops ?? {}, context);
  const serverCount = pops.reduce((sum, { servers }) => sum + servers.length, 0);
  if (serverCount > LIMITS.servers) {
    findings.error(
      'E0407',
      keyAt(context, 'network', 'pops'),
      `more than ${LIMITS.servers} servers`,
    );
  }
  return pops;
}

/** Servers are known by their names, which begin with the type of their group. */
function refuseDoubleGroups(pops: Readonly<Record<string, PopSettings>>, context: BuildContext) {
  for (const [pop, { servers }] of Object.entries(pops)) {
    if (!Array.isArray(servers)) continue;
    for (const [i, { type }] of servers.entries()) {
      if (servers.findIndex((other) => other.type === type) === i) continue;
      const place = valueAt(context, 'network', 'pops', pop, 'servers', i, 'type');
      context.findings.error('E0401', place, `another group of '${pop}' is called '${type}'`);
    }
  }
}

function popOf(name: string, settings: PopSettings): PopSpec {
  return {
    name,
    servers: serversOf(settings),
    balancerCount: settings.balancers ?? 1,
    discipline: settings.discipline ?? 'fifo',
    queueLimit: limitOf(settings.queue),
    ...(settings.crash_when_full === undefined
      ? {}
      : { crashWhenFullNs: settings.crash_when_full }),
    ...(settings.service_time === undefined ? {} : { serviceTime: settings.service_time }),
    egressBps: settings.egress ?? Infinity,
  };
}

export function limitOf(queue: number | 'unlimited' | undefined): number {
  return queue === undefined || queue === 'unlimited' ? Infinity : queue;
}

function serversOf({ servers = 1, concurrency, speed = 1 }: PopSettings): readonly ServerSpec[] {
  if (typeof servers === 'number') {
    return Array.from({ length: servers }, (_, i) => ({
      name: String(i),
      weight: 1,
      concurrency: concurrency ?? 1,
      speed,
    }));
  }
  return servers.flatMap((group) =>
    Array.from({ length: group.count }, (_, i) => ({
      name: `${group.type}-${i}`,
      weight: group.weight,
      concurrency: group.concurrency ?? group.cores ?? concurrency ?? 1,
      speed: group.speed * speed,
      ...(group.zone === undefined ? {} : { zone: group.zone }),
      ...(group.priority === undefined ? {} : { priority: group.priority }),
    })),
  );
}
