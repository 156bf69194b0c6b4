import { html, nothing, type TemplateResult } from 'lit-html';
import type { Comparison } from '../../../sim/report.ts';
import { shorten } from '../../controls/table-twin.ts';
import type { Store } from '../../store.ts';
import { findingsOf } from './findings.ts';
import { comparisonsOf, differenceWords, duringWords, VERDICT_SIGNS } from './verdict.ts';

/** The verdict as one sentence, from the report's comparisons. */
export function headline(store: Store): TemplateResult {
  const report = store.report.value;
  const versus = store.versus.value;
  const comparisons = comparisonsOf(report, store.strategy.value, versus);
  const { main, counter } = findingsOf(comparisons);
  if (comparisons.length === 0) return noComparison(store);
  if (main === null) return nothingShown(store, comparisons);
  const words = differenceWords(main)!;
  return html`<div class="verdict-mark verdict-${main.verdict}">
      <span aria-hidden="true">${VERDICT_SIGNS[main.verdict]}</span>${main.verdict}
    </div>
    <div class="headline-text">
      <h2>
        ${name(store, main.strategy)} has
        <strong>${words.amount} ${words.what}</strong>
        ${words.spread === '' ? nothing : html`<span class="quiet">(${words.spread})</span>`} than
        ${name(store, main.baseline)} ${duringWords(main)}
      </h2>
      <p class="quiet">${counterWords(counter, main)}${pairing(main)}</p>
    </div>`;
}

function counterWords(counter: Comparison | null, main: Comparison): string {
  const words = counter === null ? null : differenceWords(counter);
  if (counter === null || words === null) return '';
  const when = counter.during === main.during ? '' : ` ${duringWords(counter) || 'over the run'}`;
  return `But ${words.amount} ${words.what}${when} (${words.spread}): ${counter.verdict}. `;
}

function pairing({ paired, relative_difference: relative, difference }: Comparison): string {
  const count = (relative ?? difference)?.replications ?? 0;
  const how = paired === false ? 'independent' : 'paired';
  return `95 % intervals of ${count} ${how} replications, Holm-corrected.`;
}

function nothingShown(store: Store, comparisons: readonly Comparison[]): TemplateResult {
  const isInconclusive = comparisons.every(({ verdict }) => verdict === 'inconclusive');
  const count = (comparisons[0]?.relative_difference ?? comparisons[0]?.difference)?.replications;
  const verdict = isInconclusive ? 'inconclusive' : 'no difference shown';
  const why = isInconclusive
    ? `${count ?? 0} replications; a verdict needs 10. Run with --replications 10.`
    : `${count ?? 0} replications. That is not "equal": more of them would show smaller ones.`;
  return html`<div class="verdict-mark verdict-unsure">
      <span aria-hidden="true">${VERDICT_SIGNS[verdict]}</span>${verdict}
    </div>
    <div class="headline-text">
      <h2>
        ${isInconclusive ? 'Too early to say of' : 'No difference shown between'}
        ${name(store, store.strategy.value)} and ${name(store, store.versus.value ?? '')}
      </h2>
      <p class="quiet">${why}</p>
    </div>`;
}

function noComparison(store: Store): TemplateResult {
  const { baseline } = store.report.value.summary;
  return html`<div class="headline-text">
    <h2>${name(store, store.strategy.value)} beside ${name(store, store.versus.value ?? '')}</h2>
    <p class="quiet">
      No verdict: the report compares every strategy with its baseline,
      <bdi>${shorten(baseline, 40)}</bdi>.
      <button class="link-button" @click=${() => void (store.versus.value = baseline)}>
        Compare with it
      </button>
    </p>
  </div>`;
}

/** In the colour that it has in charts. */
function name(store: Store, strategy: string): TemplateResult {
  const series = strategy === store.versus.value ? 2 : 1;
  return html`<bdi class="series-name series-${series}">${shorten(strategy, 40)}</bdi>`;
}
