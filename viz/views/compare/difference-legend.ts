import { html, nothing, type TemplateResult } from 'lit-html';
import { shorten } from '../../controls/table-twin.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import { formatPercent } from '../../formats.ts';
import type { Store } from '../../store.ts';
import { differenceShares, regionDifferences } from './region-difference.ts';

/** What the colours of the difference map mean, with the users that each stands for. */
export function differenceLegend(
  store: Store,
  own: RecordingPlayer,
  other: RecordingPlayer,
): TemplateResult | typeof nothing {
  const differences = regionDifferences(own, other, store.calmTime_s.value);
  if (differences.length === 0) return nothing;
  const { otherPop, nearer, lost } = differenceShares(own.index.world.regions, differences);
  const names = [own.index.strategy, other.index.strategy] as const;
  const part = (series: 0 | 1): TemplateResult =>
    html`<div class="legend-part series-name series-${series + 1}">
      <i class="swatch swatch-series-${series + 1}"></i>
      <span><bdi>${shorten(names[series], 24)}</bdi> nearer</span> ${formatPercent(nearer[series])}
    </div>`;
  const lostPart = (series: 0 | 1): TemplateResult | typeof nothing =>
    lost[series] === 0
      ? nothing
      : html`<div class="legend-part">
          <span>✕ lost by <bdi>${shorten(names[series], 24)}</bdi> alone</span>
          ${formatPercent(lost[series])}
        </div>`;
  return html`<div class="map-legend">
    ${part(0)} ${part(1)} ${lostPart(0)} ${lostPart(1)}
    <div class="legend-part"><span>other POP</span> ${formatPercent(otherPop)} of users</div>
  </div>`;
}
