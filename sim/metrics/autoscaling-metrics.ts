import { ScalingLog, type ServerPhase } from '../autoscaling/scaling-log.ts';
import type { MetricValues } from '../run-result.ts';
import type { StationReadings } from './gauges.ts';
import type { RunParts } from './run-parts.ts';
import type { StorySegments } from './story-segments.ts';

/** [fromNs, untilNs) of the story; several, ascending, where an event repeats. */
export interface Span {
  readonly fromNs: number;
  readonly untilNs: number;
}

const NS_PER_HOUR = 3600e9;

/** Segments of the story as spans, neighbours joined. */
export function spansOf(segments: StorySegments, indices: readonly number[]): readonly Span[] {
  const spans: Span[] = [];
  for (const index of indices) {
    const [fromNs, untilNs] = [segments.boundariesNs[index]!, segments.boundariesNs[index + 1]!];
    const last = spans.at(-1);
    if (last?.untilNs === fromNs) spans[spans.length - 1] = { fromNs: last.fromNs, untilNs };
    else spans.push({ fromNs, untilNs });
  }
  return spans;
}

/** What autoscalers did over some segments of the story, of all POPs or of one. */
export function scalingMetrics(
  { world, names, scaling = new ScalingLog(), collectors: { segments } }: RunParts,
  indices: readonly number[],
  pop?: number,
): MetricValues {
  const servers = new Set<number>();
  const autoscalers = new Set<number>();
  world.autoscalers?.forEach((autoscaler, index) => {
    if (pop !== undefined && autoscaler.pop !== names.pops[pop]) return;
    autoscalers.add(index);
    for (const name of autoscaler.servers) {
      servers.add(names.servers.indexOf(`${autoscaler.pop}/${name}`));
    }
  });
  return autoscalingMetrics(scaling, { servers, autoscalers }, spansOf(segments, indices));
}

/** The same of any servers, over any spans; null where there are none. */
export function autoscalingMetrics(
  log: ScalingLog,
  { servers, autoscalers }: Readonly<Record<'servers' | 'autoscalers', ReadonlySet<number>>>,
  spans: readonly Span[],
): MetricValues {
  const lengthNs = spans.reduce((sum, { fromNs, untilNs }) => sum + untilNs - fromNs, 0);
  if (servers.size === 0 || lengthNs === 0) return NOTHING;
  const inService = countOver(log, servers, spans, (phase) => phase === 'in-service');
  const paid = countOver(log, servers, spans, (phase) => phase !== 'off');
  const steps = log.steps.filter(
    ({ atNs, autoscaler }) =>
      autoscalers.has(autoscaler) &&
      spans.some(({ fromNs, untilNs }) => atNs >= fromNs && atNs < untilNs),
  );
  return {
    servers_mean: inService.areaNs / lengthNs,
    servers_min: inService.min,
    servers_max: inService.max,
    server_hours: paid.areaNs / NS_PER_HOUR,
    scale_ups: steps.filter(({ change }) => change > 0).length,
    scale_downs: steps.filter(({ change }) => change < 0).length,
    scale_reversals: reversals(steps),
  };
}

const NOTHING: MetricValues = {
  servers_mean: null,
  servers_min: null,
  servers_max: null,
  server_hours: null,
  scale_ups: null,
  scale_downs: null,
  scale_reversals: null,
};

/**
 * The slots of autoscaled servers count while these are in service or end; utilisation and
 * imbalance are those of servers that are there.
 */
export function withScaledSlots(
  readings: StationReadings,
  log: ScalingLog,
  spans: readonly Span[],
): StationReadings {
  const scaled = new Set(log.phases.map(({ server }) => server));
  if (scaled.size === 0) return readings;
  const lengthNs = spans.reduce((sum, { fromNs, untilNs }) => sum + untilNs - fromNs, 0);
  const isThere = (phase: ServerPhase) => phase === 'in-service' || phase === 'ending';
  const share = new Map<number, number>();
  for (const server of scaled) {
    const { areaNs } = countOver(log, new Set([server]), spans, isThere);
    share.set(server, lengthNs === 0 ? 0 : areaNs / lengthNs);
  }
  return {
    busySlotNs: (server) => readings.busySlotNs(server),
    insideArea: (server) => readings.insideArea(server),
    slotNs: (server) => readings.slotNs(server) * (share.get(server) ?? 1),
  };
}

/** How often an autoscaler turned round: up after down, or down after up. */
function reversals(steps: ScalingLog['steps']): number {
  const last = new Map<number, number>();
  let count = 0;
  for (const { autoscaler, change } of steps) {
    if ((last.get(autoscaler) ?? change) * change < 0) count++;
    last.set(autoscaler, change);
  }
  return count;
}

interface CountOver {
  /** ∫ count dt, server·ns. */
  readonly areaNs: number;
  readonly min: number;
  readonly max: number;
}

/** The number of servers in a phase, over some spans. */
function countOver(
  { phases }: ScalingLog,
  servers: ReadonlySet<number>,
  spans: readonly Span[],
  counts: (phase: ServerPhase) => boolean,
): CountOver {
  const counted = new Set<number>();
  const result = { areaNs: 0, min: Infinity, max: 0 };
  const add = (fromNs: number, untilNs: number) => {
    for (const span of spans) {
      const overlapNs = Math.min(untilNs, span.untilNs) - Math.max(fromNs, span.fromNs);
      if (overlapNs <= 0) continue;
      result.areaNs += overlapNs * counted.size;
      result.min = Math.min(result.min, counted.size);
      result.max = Math.max(result.max, counted.size);
    }
  };
  let sinceNs = -Infinity;
  for (const { atNs, server, phase } of phases) {
    if (!servers.has(server) || counted.has(server) === counts(phase)) continue;
    add(sinceNs, atNs);
    sinceNs = atNs;
    if (counts(phase)) counted.add(server);
    else counted.delete(server);
  }
  add(sinceNs, Infinity);
  return result;
}
