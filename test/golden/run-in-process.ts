import type * as Scenarios from '../../scenarios/index.ts';
import type { RunRequest, RunResult, Summary } from '../../scenarios/index.ts';
import type { aggregate as Aggregate } from '../../scenarios/report/aggregate.ts';
import type { createSimulation as CreateSimulation } from '../../sim/index.ts';
import type { CompiledPackage } from './compiled.ts';

export interface RunChanges {
  readonly replications?: string;
  readonly until?: string;
  readonly only?: readonly string[];
  /** Dotted paths of the file and what they become. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** Reads a scenario file through the language; throws with its diagnostics if it is refused. */
export async function requestOf(
  product: CompiledPackage,
  file: string,
  { replications, until, only, overrides }: RunChanges = {},
): Promise<RunRequest> {
  const { expand, loadScenario, renderDiagnostics, requestRun } = (await import(
    product.url('scenarios/index')
  )) as typeof Scenarios;
  const decoded = await loadScenario(file, {
    ...(replications === undefined ? {} : { replications }),
    ...(until === undefined ? {} : { until }),
    overrides: overrides ?? {},
  });
  if (!decoded.ok) throw new Error(renderDiagnostics(decoded.diagnostics, decoded.sources));
  const plans = expand(decoded.value);
  if (!plans.ok) throw new Error(renderDiagnostics(plans.diagnostics, plans.sources));
  return requestRun(decoded.value, plans.value, only);
}

/** All replications of all strategies, one after the other, in this process. */
export async function simulateAll(
  product: CompiledPackage,
  request: RunRequest,
): Promise<RunResult[][]> {
  const { createSimulation } = (await import(product.url('sim/index'))) as {
    createSimulation: typeof CreateSimulation;
  };
  return request.plans.map(({ world }) =>
    Array.from({ length: request.replications.most }, (_, replication) =>
      createSimulation(world, request.seed, replication).run(),
    ),
  );
}

/** The report of a scenario file, without processes or folders. */
export async function summaryOf(
  product: CompiledPackage,
  file: string,
  changes: RunChanges = {},
): Promise<Summary> {
  const request = await requestOf(product, file, changes);
  const { aggregate } = (await import(product.url('scenarios/report/aggregate'))) as {
    aggregate: typeof Aggregate;
  };
  const { preRunNs, cutNs } = request.plans[0]!.world.time;
  return aggregate({
    request,
    sha256: '',
    results: await simulateAll(product, request),
    warmUp: { preRunNs, cutNs },
    isPartial: false,
    notes: [],
  });
}
