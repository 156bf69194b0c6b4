import type { Findings } from './diagnostics.ts';
import type { Names } from './names.ts';
import type { DecodeOptions, ScenarioPrecision, ScenarioRun } from './scenario.ts';
import { decodeSection } from './decode.ts';
import { metricKey } from './schema/metric-key.ts';
import { runSettings } from './schema/run.ts';
import { parseDuration } from './schema/duration.ts';
import { parseSubject } from './schema/threshold-grammar.ts';
import type { Section, SectionReader } from './sections.ts';
import { SourceText } from './source.ts';
import { nearestName } from './suggest.ts';
import { placeAt, type TreeMap, type TreeNode } from './tree.ts';
import { placeWithin } from './thresholds.ts';

/** Ten minutes of story, and 10 to 40 replications: enough for a verdict (R ≥ 10). */
const DURATION_NS = 600e9;
const REPLICATIONS = { least: 10, most: 40 };

/** How the scenario is run; flags win over the file. */
export function decodeRun(
  root: TreeMap,
  sections: SectionReader,
  names: Names,
  options: DecodeOptions,
  findings: Findings,
): ScenarioRun {
  const run = sections.read(root, 'run');
  const replications =
    flag('replications', options.replications, findings)?.replications ??
    run?.replications ??
    REPLICATIONS;
  const precision =
    run?.precision === undefined ? null : precisionOf(root, run.precision, names, findings);
  const durationNs = untilOf(run?.duration ?? DURATION_NS, options.until, findings);
  if (durationNs <= 0)
    findings.error('E0207', placeAt(root, ['run', 'duration']), 'the duration must be above 0');
  const warmup = run?.warmup ?? 'auto';
  if (warmup !== 'auto' && warmup >= durationNs && !root.entries.has('events')) {
    findings.error(
      'E0401',
      placeAt(root, ['run', 'warmup']),
      'the warm-up leaves nothing of the duration',
    );
  }
  return {
    seed: flag('seed', options.seed, findings)?.seed ?? run?.seed ?? '1',
    replicationsMin: replications.least,
    replicationsMax: replications.most,
    precision,
    durationNs,
    warmup,
    commonRandomNumbers: run?.common_random_numbers ?? true,
    fidelity: 'request',
  };
}

/** A flag's value through the schema of its key. */
function flag(key: string, value: string | number | undefined, findings: Findings) {
  if (value === undefined) return undefined;
  const source = new SourceText(`--${key}`, String(value));
  const place = { source, from: 0, to: source.text.length };
  const node: TreeNode = { kind: 'scalar', value, place };
  const root: TreeMap = {
    kind: 'map',
    entries: new Map([[key, { keyPlace: place, value: node }]]),
    place,
  };
  return decodeSection(runSettings, root, [], findings).value;
}

function untilOf(durationNs: number, until: string | undefined, findings: Findings): number {
  if (until === undefined) return durationNs;
  const parsed = parseDuration(until);
  if (parsed.ok) return Math.min(durationNs, parsed.value);
  const source = new SourceText('--until', until);
  findings.error(parsed.code ?? 'E0206', { source, from: 0, to: until.length }, parsed.message, {
    hint: parsed.hint,
  });
  return durationNs;
}

function precisionOf(
  root: TreeMap,
  written: NonNullable<Section<'run'>['precision']>,
  names: Names,
  findings: Findings,
): ScenarioPrecision | null {
  const place = placeAt(root, ['run', 'precision']);
  const parsed = parseSubject(written.subject, names);
  if (!parsed.ok) {
    const { code, message, hint, from, to } = parsed.problem;
    const shift = written.text.indexOf(written.subject);
    findings.error(code, placeWithin(place, written.text, from + shift, to + shift), message, {
      hint,
    });
    return null;
  }
  const { metric, aggregate, of, recovery } = parsed.value;
  const key = of === null && recovery === null ? metricKey(metric, aggregate) : null;
  if (key === null) {
    findings.error('E0408', place, 'the precision is about a figure of the whole world', {
      hint: '5% on p95(latency)',
    });
    return null;
  }
  return {
    text: written.text,
    metric: key,
    relative: written.relative,
    confidence: written.confidence,
  };
}

/** `baseline` (default), `all`, or names. */
export function gateOf(
  root: TreeMap,
  sections: SectionReader,
  strategies: readonly string[],
  baseline: string,
  findings: Findings,
): readonly string[] {
  const gate = root.entries.has('gate')
    ? (sections.read(root, 'gate') ?? ['baseline'])
    : ['baseline'];
  return [
    ...new Set(
      gate.flatMap((name) => {
        if (name === 'all') return strategies;
        if (name === 'baseline') return [baseline];
        if (!strategies.includes(name)) {
          const near = nearestName(name, ['all', 'baseline', ...strategies]);
          findings.error('E0310', placeAt(root, ['gate']), `unknown strategy '${name}'`, {
            hint: near === undefined ? undefined : `did you mean '${near}'?`,
          });
        }
        return [name];
      }),
    ),
  ];
}
