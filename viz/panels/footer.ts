import { html, nothing, type TemplateResult } from 'lit-html';
import type { ThresholdOutcome } from '../../sim/report.ts';
import { OUTCOME_SIGNS } from '../theme.ts';
import type { LiveProgress } from '../data/follow-run.ts';
import type { Dashboard } from '../view.ts';

/** Whether one may ship, and what must be known to repeat the run. */
export function footer({ store }: Dashboard): TemplateResult {
  const { summary, strategies } = store.report.value;
  const strategy = store.strategy.value;
  const own = summary.thresholds.filter((threshold) => threshold.strategy === strategy);
  const count = (outcome: ThresholdOutcome): number =>
    own.filter(({ result }) => result === outcome).length;
  const passed = count('pass');
  const rest = (['fail', 'inconclusive', 'no data'] as const).filter((one) => count(one) > 0);
  const fingerprint = summary.strategies[strategy]?.fingerprints[0] ?? '';
  const { seed, replications } = summary.run;
  return html`<div class="footer-part">
      ${
        own.length === 0
          ? html`<span class="quiet">no thresholds</span>`
          : html`thresholds
            <strong class=${passed > 0 ? 'outcome-pass' : ''}>
              ${passed}/${own.length} ${OUTCOME_SIGNS['pass']}
            </strong>
            ${rest.map(
              (one) =>
                html`<strong class="outcome-${one.replace(' ', '-')}"
                  >${count(one)} ${OUTCOME_SIGNS[one]} ${one}</strong
                >`,
            )}`
      }
    </div>
    <div class="footer-part quiet">
      ${strategies.length} ${strategies.length === 1 ? 'strategy' : 'strategies'} · seed ${seed} ·
      ${replications} ${replications === 1 ? 'replication' : 'replications, 95 % intervals'}
      ${fingerprint === '' ? nothing : html`· #fp <code>${fingerprint.slice(0, 8)}</code>`}
    </div>`;
}

/** What the user must know before trusting a figure. */
export function banner({ store }: Dashboard): TemplateResult | typeof nothing {
  const { summary, problems } = store.report.value;
  const live = store.live.value;
  const { partial, replications } = summary.run;
  const done = Math.min(
    ...Object.values(summary.strategies).map(({ fingerprints }) => fingerprints.length),
  );
  const chunkProblems = [...store.recordings.value.values()].flatMap(
    (player) => player?.problems.value ?? [],
  );
  const lines = [
    ...(live !== null ? [liveText(live)] : []),
    ...(partial && live === null
      ? [`Partial: ${done} of ${replications} replications; the run was interrupted.`]
      : []),
    ...(replications === 1
      ? ['One replication: no intervals. Run with --replications 10 to get them.']
      : []),
    ...problems,
    ...chunkProblems,
  ];
  if (lines.length === 0) return nothing;
  return html`<ul class="banner" role="status">
    ${lines.slice(0, 4).map((line) => html`<li>${line}</li>`)}
    ${lines.length > 4 ? html`<li>and ${lines.length - 4} more</li>` : nothing}
  </ul>`;
}

function liveText({ strategies, done, most }: LiveProgress): string {
  const counts = strategies.map((strategy, i) => `${strategy} ${done[i] ?? 0}`);
  const of = most === null ? '' : ` of at most ${most} each`;
  return `The run goes on. Replications so far${of}: ${counts.join(' · ')}.`;
}
