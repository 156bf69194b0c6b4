import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeScenario, expand, recordedColumn } from '../../../scenarios/index.ts';
import {
  createSimulation,
  type RecordedLevel,
  type RecordedSeries,
  type RecordedTraces,
  type Recording,
  type RunResult,
  type WorldSpec,
} from '../../../sim/index.ts';

/** What a scenario's replication 0 leaves when it is recorded. */
export interface RecordedRun {
  readonly world: WorldSpec;
  readonly result: RunResult;
  readonly recording: Recording;
}

/** The world of a strategy of a scenario text. */
export function worldOf(text: string, strategy: string): WorldSpec {
  const decoded = decodeScenario('recorded.yaml', text);
  if (!decoded.ok) throw new Error(decoded.diagnostics.map(({ message }) => message).join('\n'));
  const plans = expand(decoded.value);
  if (!plans.ok) throw new Error('no plans');
  return plans.value.find(({ name }) => name === strategy)!.world;
}

export function record(world: WorldSpec): RecordedRun {
  const simulation = createSimulation(world, '8', 0, { records: true });
  const result = simulation.run();
  return { world, result, recording: simulation.recording()! };
}

export const SMALL_NETWORK = readFileSync(
  join(import.meta.dirname, '../../determinism/small-network.yaml'),
  'utf8',
);

/** A column of a whole level, frame after frame. */
export function columnOf<Column extends string>(
  { files }: Recording,
  series: RecordedSeries<Column>,
  name: Column,
  level: RecordedLevel = series.levels[0]!,
): number[] {
  return level.chunks.flatMap(({ file }, chunk) => [
    ...recordedColumn(series, level, chunk, files.get(file)!, name),
  ]);
}

/** One entity's values of a column. */
export function ofEntity(column: readonly number[], entities: number, entity: number): number[] {
  return column.filter((_, cell) => cell % entities === entity);
}

export function tracesOf({ files }: Recording): RecordedTraces {
  return JSON.parse(new TextDecoder().decode(files.get('traces.json')!)) as RecordedTraces;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
