import type { Tables } from '../tables.ts';
import { HorizontalAutoscaler } from './horizontal-autoscaler.ts';
import { ScaledServers } from './scaled-servers.ts';
import type { ScalingLog } from './scaling-log.ts';

/**
 * Lets the autoscalers of the world, if it has any, look at their servers once a sync period, from
 * now to the end of the story, and writes down what they do. They draw from no random stream.
 */
export function startAutoscalers(tables: Tables, log: ScalingLog): void {
  const { kernel, world } = tables;
  world.autoscalers?.forEach((spec, index) => {
    const servers = new ScaledServers(tables, spec, log);
    const autoscaler = new HorizontalAutoscaler(spec, kernel.nowNs, servers.count);
    const sync = () => {
      // Gauges stop with the story; what is left of it ends among the servers of its last moment.
      if (kernel.nowNs >= world.time.durationNs) return;
      const before = servers.count;
      servers.scaleTo(autoscaler.sync(kernel.nowNs, servers.read()));
      if (servers.count !== before) log.scaled(kernel.nowNs, index, servers.count - before);
      kernel.after(spec.syncPeriodNs, sync);
    };
    kernel.after(spec.syncPeriodNs, sync);
  });
}
