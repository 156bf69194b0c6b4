import {
  decodeScenario,
  expand,
  policyNames,
  simulateOnce,
  type Scenario,
  type StrategyPlan,
} from '../../scenarios/in-page.ts';
import { editScenario } from './edit-scenario.ts';
import type { EngineAnswer, EngineOrder, EngineReady } from './engine-protocol.ts';

/**
 * The engine in the page, on a thread of its own: the one file of the dashboard that imports the
 * simulator. An order is a scenario's text with edits; the answer is what replication 0 gave.
 */
const FRAMES = 240;
const LEAST_BUCKET_NS = 1e9;

const ready: EngineReady = { policies: policyNames };
self.postMessage(ready);

self.onmessage = ({ data }: MessageEvent<EngineOrder>): void => {
  self.postMessage(answerTo(data));
};

function answerTo(order: EngineOrder): EngineAnswer {
  const { order: number, strategy, edits, servers } = order;
  let text = order.text;
  try {
    text = editScenario(order.text, strategy, edits, servers);
    const decoded = decodeScenario('scenario.yaml', text, { seed: order.seed });
    if (!decoded.ok) {
      const problems = decoded.diagnostics.map(
        ({ line, message, hint }) => `line ${line}: ${message}${hint ? ` (${hint})` : ''}`,
      );
      return { order: number, isDone: false, text, problems };
    }
    const expanded = expand(decoded.value);
    const plans = expanded.ok ? expanded.value : [];
    const plan = plans.find(({ name }) => name === strategy) ?? plans[0];
    if (plan === undefined) throw new Error('the scenario has no strategy');
    return { order: number, isDone: true, text, ...run(decoded.value, plan, order.warmUp_s) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { order: number, isDone: false, text, problems: [problem] };
  }
}

function run(scenario: Scenario, plan: StrategyPlan, warmUp_s: number | null) {
  const started = performance.now();
  const warmUpNs = Math.round((warmUp_s ?? 0) * 1e9);
  const found = scenario.hasEvents
    ? { preRunNs: warmUpNs, cutNs: 0 }
    : { preRunNs: 0, cutNs: warmUpNs };
  const { result, recording } = simulateOnce(
    scenario,
    recorded(plan),
    warmUp_s === null ? null : found,
  );
  if (recording === null) throw new Error('nothing was recorded');
  return {
    fingerprint: result.fingerprint,
    eventCount: result.eventCount,
    wall_s: (performance.now() - started) / 1e3,
    metrics: result.metrics,
    timeline: result.timeline,
    index: recording.index,
    files: recording.files,
  };
}

/** Everything that the map shows, in few frames, whatever the scenario asks to record. */
function recorded(plan: StrategyPlan): StrategyPlan {
  const { world } = plan;
  const wanted = world.time.durationNs / FRAMES;
  const bucketNs = Math.max(LEAST_BUCKET_NS, Math.ceil(wanted / 1e9) * 1e9);
  const recording = {
    popsNs: bucketNs,
    regionsNs: bucketNs,
    linksNs: bucketNs,
    serversNs: bucketNs,
    traceOneIn: 0,
  };
  const record = { ...world.record, timelineNs: bucketNs, recording };
  return { ...plan, world: { ...world, record } };
}
