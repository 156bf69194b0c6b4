import type { TimeSpec, WorldSpec } from '../sim/index.ts';
import { buildAutoscalers } from './build/autoscale.ts';
import { buildBalancer } from './build/balancer.ts';
import { buildClasses } from './build/classes.ts';
import type { BuildContext } from './build/context.ts';
import { buildEvents } from './build/events.ts';
import { buildHealth } from './build/health.ts';
import { warnIdleCache } from './build/idle-cache.ts';
import { buildPops } from './build/pops.ts';
import { buildRecord } from './build/record.ts';
import { buildRouting } from './build/routing.ts';
import { buildCache, buildOrigins } from './build/services.ts';
import { buildTraffic } from './build/traffic.ts';
import type { RunSettings } from './schema/run.ts';
import type { Threshold } from './schema/threshold.ts';

export interface WorldRequest {
  readonly scenario: string;
  readonly strategy: string;
  readonly durationNs: number;
  readonly warmup: RunSettings['warmup'];
  readonly thresholds: readonly Threshold[];
  /** Key of the metric whose precision ends the run, such as `latency_p75_s`. */
  readonly precisionMetric: string | null;
}

/**
 * The world of one strategy, section by section. Every part reports what is wrong with it and the
 * others go on, so that a file is told all its mistakes at once; null if there was any.
 */
export function buildWorldSpec(request: WorldRequest, context: BuildContext): WorldSpec | null {
  const { scenario, strategy, durationNs } = request;
  const before = context.findings.errorCount;
  const pops = buildPops(context);
  const origins = buildOrigins(context);
  const classes = buildClasses(context);
  const traffic = buildTraffic(context);
  const routing = buildRouting(context);
  const balancer = buildBalancer(classes, pops, context);
  const { health, passive } = buildHealth(context);
  const cache = buildCache(context);
  warnIdleCache(cache, classes, origins, context);
  const events = buildEvents(context, durationNs);
  const autoscaling = buildAutoscalers(pops, events, context);
  const record = buildRecord(request, pops, context);
  if (context.findings.errorCount > before || traffic === null) return null;
  const network = context.map.serialized();
  return {
    scenario,
    strategy,
    time: timeOf(request, events.length > 0),
    ...(network === null ? {} : { network }),
    pops,
    origins,
    classes,
    traffic,
    routing,
    balancer,
    health,
    ...(passive === undefined ? {} : { passive }),
    cache,
    ...autoscaling,
    events,
    record,
  };
}

/**
 * A given warm-up is cut from the start of a steady state, but simulated before 0:00 of a story,
 * whose first minutes are part of it. `auto` is decided by pilot runs, which set one of the two.
 */
function timeOf({ durationNs, warmup }: WorldRequest, hasEvents: boolean): TimeSpec {
  const givenNs = warmup === undefined || warmup === 'auto' ? 0 : warmup;
  return { preRunNs: hasEvents ? givenNs : 0, cutNs: hasEvents ? 0 : givenNs, durationNs };
}
