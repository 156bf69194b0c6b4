import type { RunRequest } from './running/index.ts';
import type { Scenario, StrategyPlan } from './scenario.ts';

/**
 * What `runScenario` is asked to do for a decoded scenario. `only` keeps some strategies; when the
 * baseline is not among them, the first kept one takes its place, and the gate is what is left of
 * it, or that. Throws a RangeError for a name that is no strategy.
 */
export function requestRun(
  scenario: Scenario,
  plans: readonly StrategyPlan[],
  only: readonly string[] = [],
): RunRequest {
  for (const name of only) {
    if (!scenario.strategies.includes(name)) {
      throw new RangeError(
        `no strategy '${name}' in ${scenario.name}; there are ${scenario.strategies.join(', ')}`,
      );
    }
  }
  const kept = plans.filter(({ name }) => only.length === 0 || only.includes(name));
  const baseline = (kept.find((plan) => plan.isBaseline) ?? kept[0]!).name;
  const gate = scenario.gate.filter((name) => kept.some((plan) => plan.name === name));
  const { run } = scenario;
  return {
    name: scenario.name,
    text: scenario.text,
    resolved: scenario.resolved,
    seed: run.seed,
    plans: kept.map((plan) => ({ ...plan, isBaseline: plan.name === baseline })),
    replications: { least: run.replicationsMin, most: run.replicationsMax },
    precision:
      run.precision === null
        ? null
        : {
            metric: run.precision.metric,
            relative: run.precision.relative,
            confidence: run.precision.confidence,
          },
    commonRandomNumbers: run.commonRandomNumbers,
    warmup: run.warmup === 'auto' ? 'auto' : 'given',
    fidelity: run.fidelity,
    thresholds: scenario.thresholds,
    gate: gate.length === 0 ? [baseline] : gate,
    story: scenario.story,
    notes: scenario.warnings.map(
      ({ code, file, line, message }) => `${code} ${baseName(file)}:${line} ${message}`,
    ),
  };
}

/** Results are the same from wherever the file was named. */
function baseName(file: string): string {
  return file.split(/[/\\]/).at(-1)!;
}
