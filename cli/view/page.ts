import { html } from 'hono/html';
import type { Manifest, MetricEstimates, Summary } from '../../scenarios/index.ts';
import { formatDifference, formatInterval, unitOfLimit } from '../terminal/numbers.ts';
import { shorten } from '../terminal/escape.ts';
import { figure } from '../summary/result-block.ts';
import { isRatio, metricLabel } from '../summary/metric-label.ts';

/** HTML whose parts are already escaped; `html` escapes every plain string put into it. */
type Markup = ReturnType<typeof html>;

/** Names come from files: escaped by `html`, isolated by <bdi>, cut to what a table can hold. */
const NAME_LENGTH_MAX = 120;
const name = (text: string): Markup => html`<bdi>${shorten(text, NAME_LENGTH_MAX)}</bdi>`;

/** Entities listed a table; the rest is in the data. */
const ROWS_MAX = 200;

/** The whole page: plain tables, no script, the stylesheet beside it. */
export async function renderPage(summary: Summary, manifest: Manifest | null): Promise<string> {
  const { run } = summary;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${shorten(summary.scenario.name, NAME_LENGTH_MAX)} · Anycastle</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <h1>${name(summary.scenario.name)}</h1>
        <p>
          ${Object.keys(summary.strategies).length} strategies · ${run.replications} replications ·
          seed ${run.seed} · ${run.duration_s} s measured after ${run.warmup_s} s of
          warm-up${
            run.partial
              ? html` · <strong class="fail">partial: replications are missing</strong>`
              : ''
          }${manifest === null ? '' : html` · Anycastle ${manifest.package_version}`}
        </p>
        ${thresholds(summary)} ${comparisons(summary)}
        ${results(
          'Results',
          Object.entries(summary.strategies).map(([key, one]) => [key, one.metrics]),
        )}
        ${Object.entries(summary.strategies).map(([key, one]) => [
          results(`POPs, ${shorten(key, 40)}`, Object.entries(one.pops)),
          results(`Servers, ${shorten(key, 40)}`, Object.entries(one.servers)),
          results(`Origins, ${shorten(key, 40)}`, Object.entries(one.origins)),
          results(`Links, ${shorten(key, 40)}`, Object.entries(one.links)),
          results(
            `During events, ${shorten(key, 40)}`,
            Object.entries(one.windows).map(([event, window]) => [event, window.metrics]),
          ),
        ])}
        ${
          summary.notes.length === 0
            ? ''
            : html`<h2>Notes</h2>
                <ul>
                  ${summary.notes.map((note) => html`<li>${name(note)}</li>`)}
                </ul>`
        }
        <p>
          Data: <a href="/data/summary">summary</a> · <a href="/data/manifest">manifest</a> ·
          <a href="/data">all</a>
        </p>
      </body>
    </html> `;
  return String(await page);
}

function table(title: string, headings: readonly string[], rows: readonly Markup[]): Markup {
  return html`<h2>${title}</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            ${headings.map((heading) => html`<th scope="col">${name(heading)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
}

/** Entities by metric; metrics without data anywhere are left out. */
function results(
  title: string,
  entries: readonly (readonly [string, MetricEstimates])[],
): Markup | string {
  if (entries.length === 0) return '';
  const shown = entries.slice(0, ROWS_MAX);
  const keys = [...new Set(shown.flatMap(([, metrics]) => Object.keys(metrics)))].filter((key) =>
    shown.some(([, metrics]) => (metrics[key] ?? null) !== null),
  );
  const rows = shown.map(
    ([entity, metrics]) =>
      html`<tr>
        <td>${name(entity)}</td>
        ${keys.map((key) => html`<td>${figure(metrics, key)}</td>`)}
      </tr> `,
  );
  const more = entries.length > shown.length ? ` (first ${ROWS_MAX} of ${entries.length})` : '';
  return table(`${title}${more}`, ['', ...keys.map(metricLabel)], rows);
}

function thresholds(summary: Summary): Markup | string {
  if (summary.thresholds.length === 0) return '';
  const rows = summary.thresholds.map((threshold) => {
    const limit = /(?:<=|>=|<|>|==)\s*(\S+)[^<>]*$/.exec(threshold.text)?.[1] ?? '';
    const value =
      threshold.value === null ? 'no data' : formatInterval(threshold.value, unitOfLimit(limit));
    return html`<tr>
      <td>${name(threshold.text)}</td>
      <td>${name(threshold.strategy)}</td>
      <td>${value}</td>
      <td class="${threshold.result.replace(' ', '-')}">${threshold.result}</td>
    </tr> `;
  });
  return table('Thresholds', ['', 'strategy', 'value', 'result'], rows);
}

function comparisons(summary: Summary): Markup | string {
  if (summary.comparisons.length === 0) return '';
  const rows = summary.comparisons.map((entry) => {
    const inPoints = isRatio(entry.metric) && entry.difference !== null;
    const value = inPoints ? entry.difference : entry.relative_difference;
    const during = entry.during === undefined ? '' : ` during ${entry.during}`;
    const text = value === null ? 'no data' : formatDifference(value, inPoints ? 'pp' : '%');
    return html`<tr>
      <td>${name(entry.strategy)}</td>
      <td>${name(metricLabel(entry.metric) + during)}</td>
      <td>${text}</td>
      <td class="${entry.verdict.replaceAll(' ', '-')}">${entry.verdict}</td>
    </tr> `;
  });
  return table(
    `Against ${shorten(summary.baseline, 40)}`,
    ['', 'measure', 'difference', 'verdict'],
    rows,
  );
}
