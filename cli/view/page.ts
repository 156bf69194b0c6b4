import { html } from 'hono/html';
import type { Manifest, StrategySummary, Summary } from '../../scenarios/index.ts';
import { shorten } from '../terminal/escape.ts';
import { entityTables, resultTable } from './entity-tables.ts';
import { name, NAME_LENGTH_MAX, type Markup } from './markup.ts';
import { comparisonTables, thresholdTable } from './verdict-tables.ts';

/** The whole page: plain tables, no script, the stylesheet beside it. */
export async function renderPage(summary: Summary, manifest: Manifest | null): Promise<string> {
  const title = shorten(summary.scenario.name, NAME_LENGTH_MAX);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title} · Anycastle</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <h1>${name(summary.scenario.name)}</h1>
        ${facts(summary, manifest)} ${thresholdTable(summary)} ${comparisonTables(summary)}
        ${resultTable(summary)} ${notes(summary)}
        <h2>In detail</h2>
        ${Object.entries(summary.strategies).map(([key, one]) => details(key, one, summary))}
        <p>
          Data: <a href="/data/summary">summary</a> · <a href="/data/manifest">manifest</a> ·
          <a href="/data">all</a>
        </p>
      </body>
    </html> `;
  return String(await page);
}

function facts({ run, strategies }: Summary, manifest: Manifest | null): Markup {
  const count = Object.keys(strategies).length;
  const partial = run.partial
    ? html` · <strong class="fail">partial: replications are missing</strong>`
    : '';
  return html`<p>
    ${count} ${count === 1 ? 'strategy' : 'strategies'} · ${run.replications} replications · seed
    ${run.seed} · ${run.duration_s} s measured after ${run.warmup_s} s of
    warm-up${partial}${manifest === null ? '' : html` · Anycastle ${manifest.package_version}`}
  </p>`;
}

/** Closed but for a run of one strategy: with five of them a page of tables hides the verdicts. */
function details(key: string, strategy: StrategySummary, summary: Summary): Markup {
  const isOnly = Object.keys(summary.strategies).length === 1;
  const settings = Object.entries(strategy.settings)
    .map(([path, value]) => `${path}: ${JSON.stringify(value)}`)
    .join(', ');
  const content = html`<summary>${name(key)}</summary>
    ${settings === '' ? '' : html`<p>${name(settings)}</p>`} ${entityTables(strategy)}`;
  return isOnly ? html`<details open>${content}</details>` : html`<details>${content}</details>`;
}

function notes(summary: Summary): Markup | string {
  if (summary.notes.length === 0) return '';
  return html`<h2>Notes</h2>
    <ul>
      ${summary.notes.map((note) => html`<li>${name(note)}</li>`)}
    </ul>`;
}
