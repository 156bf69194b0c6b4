import type { WorldSpec } from '../../sim/index.ts';
import type { RunRequest } from '../running/run-request.ts';
import { autoscalingLines } from './autoscaling-lines.ts';
import { lawText } from './law-text.ts';
import { offeredLoad, type EntityLoad, type OfferedLoad } from './offered-load.ts';
import type { PlanDescription } from './plan-description.ts';
import { replicationMs, sampleRun, type Sample } from './sample-run.ts';
import { detectionLines, timelineLines } from './timeline-lines.ts';
import { topologyFacts, topologyLine, type TopologyFacts } from './topology-facts.ts';

/** Entities listed by load; a laboratory of a hundred POPs shows its busiest. */
const LOADS_SHOWN = 4;

/** The language's word for an overload, which the plan says with figures. */
const OVERLOAD_CODE = 'W0109';

export interface PlanOptions {
  /** Find out which POP gets how much, by a short simulation (a second on a large map). */
  readonly withCatchments?: boolean;
  /** Processor time in ms: with it, a few short runs say how long all will take here. */
  readonly clockMs?: () => number;
}

/**
 * Describes the baseline's world, and where strategies differ from it in what is shown. Pure, but
 * for what a clock says.
 */
export function describePlan(request: RunRequest, options: PlanOptions = {}): PlanDescription {
  const worlds = request.plans.map((plan) => plan.world);
  const baseline = (request.plans.find((plan) => plan.isBaseline) ?? request.plans[0]!).world;
  const facts = topologyFacts(baseline);
  const sample = sampleOf(baseline, request.seed, options);
  const load = offeredLoad(baseline, sample?.popShares);
  const sections = [
    { topic: 'topology', lines: [topologyLine(facts)] },
    { topic: 'load', lines: [...loadLines(load), ...linkLines(baseline, sample)] },
    { topic: 'laws', lines: lawLines(baseline) },
    { topic: 'autoscaling', lines: autoscalingLines(baseline) },
    { topic: 'timeline', lines: timelineLines(baseline) },
    { topic: 'detection', lines: detectionLines(worlds) },
    { topic: 'strategies', lines: strategyLines(request) },
    { topic: 'cells', lines: cellLines(request, baseline, options) },
  ];
  return {
    name: request.name,
    seed: request.seed,
    popCount: facts.popCount,
    linkCount: facts.linkCount,
    regionCount: facts.regionCount,
    strategyCount: request.plans.length,
    replications: request.replications,
    sections: sections.filter(({ lines }) => lines.length > 0),
    warnings: [
      ...topologyWarnings(facts),
      ...overloadWarnings(worlds),
      ...popOverloads(baseline, load),
      ...request.notes.filter((note) => !note.startsWith(OVERLOAD_CODE)),
    ],
  };
}

/** null where routing decides nothing, or is not asked. */
function sampleOf(world: WorldSpec, seed: string, { withCatchments }: PlanOptions): Sample | null {
  const { meanPerSecond } = offeredLoad(world);
  if (withCatchments !== true || world.network === undefined || meanPerSecond === 0) return null;
  return sampleRun(world, meanPerSecond, seed);
}

/** The busiest link of the backbone, if any link has a limit. */
function linkLines({ network }: WorldSpec, sample: Sample | null): string[] {
  if (network === undefined || sample === null) return [];
  const [busiest] = [...sample.linkUtilisation].sort(
    (a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1),
  );
  if (busiest === undefined || busiest[1] === 0) return [];
  return [`busiest link: ${busiest[0]}, ${percent(busiest[1])} of its capacity on average`];
}

function loadLines({ meanPerSecond, peakPerSecond, entities }: OfferedLoad): string[] {
  const rates =
    peakPerSecond === meanPerSecond
      ? `${perSecond(meanPerSecond)} on average`
      : `${perSecond(peakPerSecond)} at peak, ${perSecond(meanPerSecond)} on average`;
  const busiest = [...entities]
    .sort((a, b) => b.utilisation - a.utilisation)
    .slice(0, LOADS_SHOWN)
    .map(
      ({ entity, capacityPerSecond, utilisation }) =>
        `${entity} ${percent(utilisation)} of ${perSecond(capacityPerSecond)}`,
    );
  return [[rates, ...busiest].join('; ')];
}

function lawLines(world: WorldSpec): string[] {
  const classes = world.classes.map(
    ({ name, share, serviceTime }) =>
      `class ${name} (${percent(share)}): service time ${lawText(serviceTime)}`,
  );
  const origins = world.origins.map(
    ({ name, serviceTime }) => `origin ${name}: service time ${lawText(serviceTime)}`,
  );
  return [...classes, ...origins];
}

function strategyLines({ plans }: RunRequest): string[] {
  if (plans.length === 1) return [];
  return plans.map(({ name, settings, isBaseline }) => {
    const text = Object.entries(settings)
      .map(
        ([path, value]) => `${path} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
      )
      .join(', ');
    return `${name}${isBaseline ? ' (baseline)' : ''}${text === '' ? '' : `: ${text}`}`;
  });
}

function cellLines(request: RunRequest, baseline: WorldSpec, { clockMs }: PlanOptions): string[] {
  const { least, most } = request.replications;
  const count = request.plans.length;
  const replications = least === most ? String(most) : `${least}..${most}`;
  const runs = least === most ? String(count * most) : `${count * least}..${count * most}`;
  const { time } = baseline;
  const { meanPerSecond } = offeredLoad(baseline);
  const requestCount = (meanPerSecond * (time.preRunNs + time.durationNs)) / 1e9;
  const cells =
    `${count} ${count === 1 ? 'strategy' : 'strategies'} × ${replications} replications = ` +
    `${runs} runs; each simulates about ${count1000(requestCount)} requests ` +
    `(fidelity ${request.fidelity})`;
  if (clockMs === undefined || meanPerSecond === 0) return [cells];
  const runMs = replicationMs(baseline, meanPerSecond, requestCount, clockMs);
  const total = [...new Set([least, most])].map((each) => duration(count * each * runMs));
  return [
    cells,
    `about ${duration(runMs)} of processor time a run on this machine, ` +
      `${total.join(' to ')} in all, shared by the workers`,
  ];
}

/** Two digits are more than a forecast has. */
function duration(ms: number): string {
  const seconds = Number((ms / 1000).toPrecision(2));
  if (seconds < 100) return `${seconds} s`;
  if (seconds < 6000) return `${Math.round(seconds / 60)} min`;
  return `${Number((seconds / 3600).toPrecision(2))} h`;
}

function topologyWarnings(facts: TopologyFacts): string[] {
  const warnings: string[] = [];
  if (facts.partCount > 1) {
    warnings.push(`the map is in ${facts.partCount} parts that cannot reach each other`);
  }
  for (const pop of facts.isolatedPops) warnings.push(`pop/${pop} has no link and no session`);
  return warnings;
}

/** Overloads of any strategy; one that all share is said once. */
function overloadWarnings(worlds: readonly WorldSpec[]): string[] {
  const found = new Map<string, string[]>();
  for (const world of worlds) {
    for (const entity of offeredLoad(world).entities.filter((one) => one.utilisation >= 1)) {
      const text = overloadText(entity);
      found.set(text, [...(found.get(text) ?? []), world.strategy]);
    }
  }
  return [...found].map(([text, strategies]) =>
    strategies.length === worlds.length ? text : `${text} (${strategies.join(', ')})`,
  );
}

/** Overloads that only show when it is known who comes where. */
function popOverloads(world: WorldSpec, { entities }: OfferedLoad): string[] {
  if (world.network === undefined) return [];
  return entities
    .filter(({ entity, utilisation }) => entity.startsWith('pop/') && utilisation >= 1)
    .map(overloadText);
}

function overloadText({
  entity,
  offeredPerSecond,
  capacityPerSecond,
  utilisation,
}: EntityLoad): string {
  return (
    `${entity} is overloaded: ρ = ${utilisation.toFixed(2)} ` +
    `(${perSecond(offeredPerSecond)} offered, ${perSecond(capacityPerSecond)} served); ` +
    'its queue grows until requests are refused or give up'
  );
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(3))} %`;
}

function perSecond(rate: number): string {
  return Number.isFinite(rate) ? `${count1000(rate)} req/s` : 'no limit';
}

/** Three digits with k, M, G. */
function count1000(value: number): string {
  const [factor, prefix] =
    value >= 1e9 ? [1e9, 'G'] : value >= 1e6 ? [1e6, 'M'] : value >= 1e4 ? [1e3, 'k'] : [1, ''];
  return `${Number((value / factor).toPrecision(3))}${prefix}`;
}
