import { figuresOf, partsOf, writtenPart } from './entity-figures.ts';
import { METRICS, type EntityKind, type MetricName, type Threshold } from './threshold.ts';

/** What a sentence says that no run records: it could only ever say "no data". */
export interface Uncovered {
  /** The part of the sentence that is too much. */
  readonly part: 'entity' | 'window' | 'metric';
  readonly message: string;
  readonly hint: string;
}

/** Verdicts of health checks are kept around an event only where a sentence asks for them. */
export const WINDOWED_WHEN_ASKED: ReadonlySet<MetricName> = new Set(['flaps', 'false_down_time']);

/** Metrics that the time series holds, and so can be watched coming back. */
const IN_TIMELINE: ReadonlySet<MetricName> = new Set([
  'availability',
  'goodput',
  'failed_requests',
  'requests',
  'requests_per_s',
  'latency',
]);
const TIMELINE_QUANTILES = [0.5, 0.95, 0.99];

/** Null when a run records what the sentence speaks of. */
export function uncovered(
  sentence: Pick<Threshold, 'metric' | 'aggregate' | 'of' | 'window' | 'recovery' | 'noWorseThan'>,
): Uncovered | null {
  const { of, window, recovery, noWorseThan } = sentence;
  if (recovery === null) return uncoveredFigure(sentence);
  if (noWorseThan === null) return uncoveredRecovery({ of, window, recovery });
  return {
    part: 'metric',
    message: "'no worse than' of a recovery is not yet supported",
    hint: 'give it a limit: … after EVENT < 120s',
  };
}

/** What an entity has, it has over the whole run and around each event. */
function uncoveredFigure({
  metric,
  aggregate,
  of,
}: Pick<Threshold, 'metric' | 'aggregate' | 'of'>): Uncovered | null {
  // `imbalance(max over servers)` compares all servers: a figure of the world.
  if (metric === 'imbalance' && of?.kind === 'all' && of.of === 'server') return null;
  const kind = of === null ? 'world' : of.kind === 'all' ? of.of : of.ref.kind;
  if (kind !== 'world' && !figuresOf(kind).includes(metric)) {
    return {
      part: 'metric',
      message: `${IN_WORDS[kind]} has no '${metric}'`,
      hint: `${IN_WORDS[kind]} has: ${figuresOf(kind).join(', ')}`,
    };
  }
  if (kind === 'world' && metric === 'peak_utilisation') {
    return {
      part: 'metric',
      message: "only links have 'peak_utilisation'",
      hint: 'max(peak_utilisation of links), peak_utilisation of link/A-B',
    };
  }
  const parts = partsOf(metric, kind);
  if (!METRICS[metric].sampled || aggregate === null || parts.includes(aggregate.kind)) return null;
  return {
    part: 'metric',
    message: `${writtenPart(metric, aggregate.kind)} is not kept of ${IN_WORDS[kind]}`,
    hint: `write ${parts.map((part) => writtenPart(metric, part)).join(', ')}`,
  };
}

const IN_WORDS: Readonly<Record<EntityKind | 'world', string>> = {
  world: 'the world',
  pop: 'a POP',
  server: 'a server',
  link: 'a link',
  origin: 'an origin',
  prefix: 'a prefix',
  region: 'a region',
  class: 'a class',
};

function uncoveredRecovery({
  of,
  window,
  recovery,
}: Pick<Threshold, 'of' | 'window'> & {
  readonly recovery: NonNullable<Threshold['recovery']>;
}): Uncovered | null {
  if (of !== null) {
    return {
      part: 'entity',
      message: 'recovery of one entity is not yet supported',
      hint: 'leave out the entity: the recovery of the whole world',
    };
  }
  const { metric, aggregate } = recovery;
  const isKnown =
    IN_TIMELINE.has(metric) &&
    (aggregate === null ||
      aggregate.kind === 'mean' ||
      (aggregate.kind === 'quantile' && TIMELINE_QUANTILES.includes(aggregate.quantile)));
  if (!isKnown) {
    return {
      part: 'metric',
      message: 'recovery of this metric is not yet supported',
      hint: 'mean, p50, p95 or p99 of latency, availability, failed_requests, requests',
    };
  }
  if (window !== null && window.kind === 'after') return null;
  return {
    part: 'window',
    message: 'recovery from what?',
    hint: 'recovery_time(p95(latency) within 10%) after EVENT < 120s',
  };
}
