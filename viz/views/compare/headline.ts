import { html, nothing, type TemplateResult } from 'lit-html';
import type { Comparison } from '../../../sim/report.ts';
import { shorten } from '../../controls/table-twin.ts';
import { pairComparisons, type PairComparisons } from '../../data/pair-comparisons.ts';
import type { Store } from '../../store.ts';
import { findingsOf } from './findings.ts';
import { differenceWords, duringWords, VERDICT_SIGNS } from './verdict.ts';

/** The verdict as one sentence, with the baseline that it is against. */
export function headline(store: Store): TemplateResult {
  const pair = pairComparisons(store);
  const { main, counter } = findingsOf(pair.list);
  if (pair.list.length === 0) return noComparison(store, pair);
  if (main === null) return nothingShown(store, pair);
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
      <p class="quiet">
        ${counterWords(counter, main)}${pairing(main, pair.familySize)}
        ${baselineWords(store, pair)}
      </p>
    </div>`;
}

function counterWords(counter: Comparison | null, main: Comparison): string {
  const words = counter === null ? null : differenceWords(counter);
  if (counter === null || words === null) return '';
  const when = counter.during === main.during ? '' : ` ${duringWords(counter) || 'over the run'}`;
  return `But ${words.amount} ${words.what}${when} (${words.spread}): ${counter.verdict}. `;
}

function pairing(
  { paired, relative_difference: relative, difference }: Comparison,
  familySize: number,
): string {
  const count = (relative ?? difference)?.replications ?? 0;
  const how = paired === false ? 'independent' : 'paired';
  return `95 % intervals of ${count} ${how} replications, Holm over ${familySize} comparisons.`;
}

/** Who is compared with, and whether that was the question of whoever wrote the scenario. */
function baselineWords(store: Store, { list, isOther }: PairComparisons): TemplateResult {
  const { baseline } = list[0]!;
  const own = store.report.value.summary.baseline;
  return html`Baseline
  <bdi>${shorten(baseline, 40)}</bdi>${
    isOther ? html`, chosen here; the report’s is <bdi>${shorten(own, 40)}</bdi>` : nothing
  }.`;
}

function nothingShown(store: Store, pair: PairComparisons): TemplateResult {
  const [first] = pair.list;
  const isInconclusive = pair.list.every(({ verdict }) => verdict === 'inconclusive');
  const count = (first?.relative_difference ?? first?.difference)?.replications ?? 0;
  const verdict = isInconclusive ? 'inconclusive' : 'no difference shown';
  const why = isInconclusive
    ? `${count} replications; a verdict needs 10. Run with --replications 10.`
    : `${count} replications. That is not "equal": more of them would show smaller ones.`;
  return html`<div class="verdict-mark verdict-unsure">
      <span aria-hidden="true">${VERDICT_SIGNS[verdict]}</span>${verdict}
    </div>
    <div class="headline-text">
      <h2>
        ${isInconclusive ? 'Too early to say of' : 'No difference shown between'}
        ${name(store, store.strategy.value)} and ${name(store, store.versus.value ?? '')}
      </h2>
      <p class="quiet">${why} ${baselineWords(store, pair)}</p>
    </div>`;
}

/** A run that goes on, or whose log is gone, has nothing but what its report says. */
function noComparison(store: Store, { isLoading, isOther }: PairComparisons): TemplateResult {
  const { baseline } = store.report.value.summary;
  const versus = store.versus.value ?? '';
  const why = html`No verdict: the report compares every strategy with its baseline,
    <bdi>${shorten(baseline, 40)}</bdi>, and the replications are not at hand.
    <button class="link-button" @click=${() => void (store.versus.value = baseline)}>
      Compare with it
    </button>
    or: <code>anycastle compare DIR --baseline <bdi>${shorten(versus, 40)}</bdi></code>`;
  const words = isLoading ? 'Comparing the replications …' : 'No comparison in the report.';
  return html`<div class="headline-text">
    <h2>${name(store, store.strategy.value)} beside ${name(store, versus)}</h2>
    <p class="quiet">${isOther && !isLoading ? why : words}</p>
  </div>`;
}

/** In the colour that it has in charts. */
function name(store: Store, strategy: string): TemplateResult {
  const series = strategy === store.versus.value ? 2 : 1;
  return html`<bdi class="series-name series-${series}">${shorten(strategy, 40)}</bdi>`;
}
