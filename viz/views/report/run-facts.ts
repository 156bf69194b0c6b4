import { html, nothing, type TemplateResult } from 'lit-html';
import { shorten } from '../../controls/table-twin.ts';
import type { Report } from '../../data/report.ts';
import { formatBytes, formatClock } from '../../formats.ts';

type Fact = readonly [name: string, value: string];

/** What must be known to repeat the run, and to know how far to trust it. */
export function runFacts(report: Report): TemplateResult {
  return html`<section class="report-section" id="report-run">
    <header><h3>How it was measured</h3></header>
    <div class="fact-columns">
      ${factList('Run', runList(report))} ${factList('Versions', versionList(report))}
      ${factList('Fingerprints, replication 0', fingerprints(report))}
    </div>
  </section>`;
}

function factList(title: string, facts: readonly Fact[]): TemplateResult | typeof nothing {
  if (facts.length === 0) return nothing;
  return html`<div>
    <h4>${title}</h4>
    <dl class="facts">
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt><bdi>${shorten(name, 40)}</bdi></dt>
            <dd><bdi>${shorten(value, 80)}</bdi></dd>
          </div>`,
      )}
    </dl>
  </div>`;
}

function runList({ summary, manifest }: Report): readonly Fact[] {
  const { run } = summary;
  const wall_s = manifest?.wall_s ?? null;
  return [
    ['seed', run.seed],
    ['replications', String(run.replications)],
    ['measured', formatClock(run.duration_s)],
    ['warm-up before it', formatClock(run.warmup_s)],
    ['fidelity', run.fidelity],
    [
      'random numbers',
      run.common_random_numbers === false ? 'own for each strategy' : 'common to all strategies',
    ],
    ['complete', run.partial ? 'no: something is missing' : 'yes'],
    ...(wall_s === null ? [] : [['took', formatClock(wall_s)] as const]),
  ];
}

function versionList({ summary, manifest }: Report): readonly Fact[] {
  const scenario = [
    ['scenario', summary.scenario.name],
    ['its SHA-256', `${summary.scenario.sha256.slice(0, 16)}…`],
  ] as const;
  if (manifest === null) return scenario;
  const { host, workers } = manifest;
  const memory = Number(host['memory_bytes']);
  const machine = [
    host['cpu'],
    `${host['cpu_count']} CPUs`,
    `${host['platform']} ${host['arch']}`,
    Number.isFinite(memory) ? formatBytes(memory) : '',
  ];
  return [
    ...scenario,
    ['anycastle', manifest.package_version],
    ['Node.js', manifest.node_version],
    ['host', machine.filter(Boolean).join(', ')],
    ['workers', String(workers)],
    ['started', manifest.started_at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')],
  ];
}

function fingerprints({ summary }: Report): readonly Fact[] {
  return Object.entries(summary.strategies)
    .slice(0, 12)
    .map(([name, { fingerprints: all }]) => [name, all[0] ?? '–']);
}

/** How the figures were made: the same for every report of format 1. */
const METHOD = [
  'Intervals are over replications, never over the requests of one run: those are correlated.',
  'Quantiles come from histograms with 128 buckets an octave: 0.4 % off at most.',
  'A quantile needs ten samples beyond it: p99 of fewer than 1,000 requests is not given.',
  'Verdicts and thresholds need ten replications. Intervals are of 95 %.',
  'A model is not the network: what the scenario does not describe, the figures do not know.',
] as const;

/** Notes of the run first: they concern this report alone. */
export function limits({ summary, manifest }: Report): TemplateResult {
  const own = [...summary.notes, ...(manifest?.notes ?? [])];
  return html`<section class="report-section" id="report-limits">
    <header><h3>Limits</h3></header>
    <ul class="limit-list">
      ${own.map((note) => html`<li class="own-note"><bdi>${shorten(note, 240)}</bdi></li>`)}
      ${METHOD.map((line) => html`<li>${line}</li>`)}
    </ul>
  </section>`;
}
