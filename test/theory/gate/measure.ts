import { decodeScenario, expand, type RunResult } from '../../../scenarios/index.ts';
import { createReusedTables, createSimulation } from '../../../sim/index.ts';
import type { GateCase, Quantity } from './gate-case.ts';
import { UNIT_MS } from './quantities.ts';
import { REPLICATIONS, type RunLength, T_95 } from './run-length.ts';
import { withLength } from './scenario-text.ts';

/** One number measured over the replications of its case. */
export interface Measured {
  readonly quantity: Quantity;
  readonly mean: number;
  /** Of the 95 % interval, in the unit of the quantity. */
  readonly halfWidth: number;
  /** Standard error of the mean. */
  readonly standardError: number;
}

/** Fixed, so that a verdict is the same every time; set it to rotate. */
const SEED = process.env['ANYCASTLE_GATE_SEED'] ?? 'gate';

/**
 * Text → scenario → world → replications → numbers, all through the front door. `general`: not by
 * the short way of laboratories, which would let a defect of kernel, stations or lifecycle pass.
 */
export function measureCase(
  gateCase: GateCase,
  length: RunLength,
  general: boolean,
): readonly Measured[] {
  const results = replicate(gateCase, length, general);
  return comparable(gateCase, length).map((quantity) => measured(quantity, results, gateCase.id));
}

/** The quantities that a run of this length can tell. */
export function comparable(gateCase: GateCase, length: RunLength): readonly Quantity[] {
  return gateCase.quantities.filter(({ relaxationsMin }) => length.relaxations >= relaxationsMin);
}

function replicate(gateCase: GateCase, length: RunLength, general: boolean): readonly RunResult[] {
  const toNs = (units: number): number => Math.round(units * UNIT_MS * 1e6);
  const text = withLength(gateCase.scenario, toNs(length.cutUnits), toNs(length.windowUnits));
  const decoded = decodeScenario(`${gateCase.id}.yaml`, text);
  if (!decoded.ok) {
    const why = decoded.diagnostics.map(({ message }) => message).join('; ');
    throw new Error(`${gateCase.id}: ${why}\n${text}`);
  }
  const plans = expand(decoded.value);
  if (!plans.ok) throw new Error(`${gateCase.id}: does not expand`);
  const { world } = plans.value[0]!;
  const reused = createReusedTables();
  return Array.from({ length: REPLICATIONS }, (_, replication) =>
    createSimulation(world, `${SEED}/${gateCase.id}`, replication, { reused, general }).run(),
  );
}

function measured(quantity: Quantity, results: readonly RunResult[], id: string): Measured {
  const values = results.map((result) => {
    const value = quantity.measure(result);
    if (value === null || !Number.isFinite(value)) {
      throw new Error(`${id}: the result has no ${quantity.name}`);
    }
    return value;
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardError = Math.sqrt(squares / (values.length - 1) / values.length);
  return { quantity, mean, halfWidth: T_95 * standardError, standardError };
}
