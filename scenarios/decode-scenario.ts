import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { buildMap, type MapCache } from './build/map.ts';
import { buildWorldSpec } from './build.ts';
import { warnOverload } from './build/overload.ts';
import { Findings, type Decoded } from './diagnostics.ts';
import { resolveIncludes } from './include.ts';
import { asMeant } from './repair.ts';
import { LIMITS } from './limits.ts';
import { namesOf } from './names.ts';
import { applyOverrides } from './overrides.ts';
import { readDocument } from './read.ts';
import { decodeRun, gateOf } from './run-plan.ts';
import type { DecodeOptions, Scenario, StrategyPlan } from './scenario.ts';
import { decodeUtf8, NO_FILES, type ScenarioFiles } from './scenario-files.ts';
import { withFiles } from './schema/distributions.ts';
import { decodeCaptions } from './captions.ts';
import { checkTopLevel, SECTION_SCHEMAS, SectionReader, type SectionName } from './sections.ts';
import { SourceText } from './source.ts';
import { decodeThresholds } from './thresholds.ts';
import { toPlain, type TreeMap } from './tree.ts';
import { variantsOf, type Variant } from './variants.ts';

/** Plans of decoded scenarios: `decodeScenario` builds all worlds to find every mistake at once. */
const plansOf = new WeakMap<Scenario, readonly StrategyPlan[]>();

/**
 * Text → scenario, or every mistake in it at once. Works without a file system: `include` of files
 * needs `options.files`.
 */
export function decodeScenario(
  file: string,
  text: string,
  options: DecodeOptions = {},
): Decoded<Scenario> {
  const findings = new Findings();
  const source = new SourceText(file, text.replace(/^\ufeff/, ''));
  const sources = new Map([[file, source.text]]);
  const files = options.files ?? NO_FILES;
  const written = readDocument(source, findings, options);
  const root =
    written === null
      ? null
      : applyOverrides(
          resolveIncludes(written, findings, { ...options, files, sources }),
          options,
          findings,
          sources,
        );
  const scenario =
    root === null
      ? null
      : withFiles(valuesIn(files, file), () => assemble(root, source, options, findings, sources));
  if (scenario === null || findings.hasErrors) {
    return { ok: false, diagnostics: findings.errors(), sources };
  }
  return { ok: true, value: scenario, warnings: findings.warnings(), sources };
}

/** The strategies of a scenario, each with its world. */
export function expand(scenario: Scenario): Decoded<readonly StrategyPlan[]> {
  const plans = plansOf.get(scenario);
  if (plans === undefined) throw new Error('expand needs a scenario that decodeScenario returned');
  return { ok: true, value: plans, warnings: [], sources: scenario.sources };
}

function assemble(
  written: TreeMap,
  source: SourceText,
  options: DecodeOptions,
  findings: Findings,
  sources: ReadonlyMap<string, string>,
): Scenario | null {
  const { root, sections } = readSections(written, findings);
  const variants = variantsOf(root, findings);
  const strategies = variants.map(({ name }) => name);
  if (strategies.length > LIMITS.strategies) {
    findings.error('E0407', root.place, `more than ${LIMITS.strategies} strategies`);
    return null;
  }
  const maps: MapCache = new WeakMap();
  const map = buildMap(
    { root, sections, findings, files: options.files ?? NO_FILES, file: source.file },
    maps,
  );
  const names = namesOf(root, map.names, strategies);
  const baseline = variants.find(({ isBaseline }) => isBaseline)?.name ?? 'default';
  const run = decodeRun(root, sections, names, options, findings);
  const thresholds = decodeThresholds(root, sections, names, findings);
  const gate = gateOf(root, sections, strategies, baseline, findings);
  const shared = { root, source, findings, sections, maps, strategies, options };
  const plans = variants.map((variant) => planOf(variant, run, thresholds, shared));
  const events = plans.find((plan) => plan?.isBaseline === true)?.world.events ?? [];
  const captions = decodeCaptions(root, sections, events, names, findings);
  if (findings.hasErrors) return null;
  const scenario: Scenario = {
    name: textAt(root, 'name') ?? nameOfFile(source.file),
    description: textAt(root, 'description') ?? '',
    file: source.file,
    text: source.text,
    sha256: bytesToHex(sha256(utf8ToBytes(source.text))),
    resolved: toPlain(root),
    run,
    thresholds,
    gate,
    output: { record: sections.read(root, 'output')?.record ?? [] },
    story: captions,
    strategies,
    baseline,
    hasEvents: plans.some((plan) => plan !== null && plan.world.events.length > 0),
    warnings: findings.warnings(),
    sources,
  };
  plansOf.set(
    scenario,
    plans.filter((plan) => plan !== null),
  );
  return scenario;
}

/** Mistyped keys are read as meant, level by level, as one may stand inside another. */
function readSections(
  written: TreeMap,
  findings: Findings,
): { readonly root: TreeMap; readonly sections: SectionReader } {
  checkTopLevel(written, findings);
  let root = written;
  for (;;) {
    const sections = new SectionReader(findings);
    readAll(root, sections);
    const meant = asMeant(root, findings.misspellings);
    if (meant === root) return { root, sections };
    root = meant;
  }
}

function readAll(root: TreeMap, sections: SectionReader): void {
  for (const name of Object.keys(SECTION_SCHEMAS) as SectionName[]) sections.read(root, name);
}

interface Shared {
  readonly root: TreeMap;
  readonly source: SourceText;
  readonly findings: Findings;
  readonly sections: SectionReader;
  readonly maps: MapCache;
  readonly strategies: readonly string[];
  readonly options: DecodeOptions;
}

function planOf(
  variant: Variant,
  run: Scenario['run'],
  thresholds: Scenario['thresholds'],
  shared: Shared,
): StrategyPlan | null {
  const { source, findings, sections, maps, options } = shared;
  const { root, name, settings, isBaseline } = variant;
  readAll(root, sections);
  if (root !== shared.root) checkTopLevel(root, findings);
  const map = buildMap(
    { root, sections, findings, files: options.files ?? NO_FILES, file: source.file },
    maps,
  );
  const names = namesOf(root, map.names, shared.strategies);
  const context = { root, sections, names, map, findings, seed: run.seed };
  const world = buildWorldSpec(
    {
      scenario: textAt(root, 'name') ?? nameOfFile(source.file),
      strategy: name,
      durationNs: run.durationNs,
      warmup: run.warmup,
      thresholds,
      precisionMetric: run.precision?.metric ?? null,
    },
    context,
  );
  if (world === null) return null;
  warnOverload(world, context);
  return { name, settings, world, isBaseline };
}

function textAt(root: TreeMap, key: string): string | undefined {
  const node = root.entries.get(key)?.value;
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** `library/mm1-lab.yaml` → `mm1-lab`. */
function nameOfFile(file: string): string {
  const base = file
    .split(/[/\\]/)
    .at(-1)!
    .replace(/\.(ya?ml|json)$/, '');
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(base) ? base : 'scenario';
}

/**
 * Values of `empirical file=` and `trace file=`: one a line, blank lines and # comments skipped.
 */
function valuesIn(files: ScenarioFiles, from: string) {
  return (name: string) => {
    const read = files.read(name, from);
    if (!read.ok) return read;
    const text = decodeUtf8(read.bytes);
    if (text === null) return { ok: false as const, message: `'${name}' is not UTF-8` };
    const values = text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
    return { ok: true as const, values };
  };
}
