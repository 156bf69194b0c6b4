import { html, nothing, type TemplateResult } from 'lit-html';
import { shorten } from '../controls/table-twin.ts';
import { initialServerState, ServerHistory } from '../data/server-history.ts';
import type { RecordingPlayer } from '../data/recording-player.ts';
import { serverNow, serverOfPath } from '../data/servers-now.ts';
import { formatClock, formatCount, formatPercent, formatRate } from '../formats.ts';
import { hiddenTrouble, SERVER_MARKS } from '../server-marks.ts';
import { utilisationLetter } from '../theme.ts';
import type { Dashboard } from '../view.ts';
import { figureRow } from './figure-row.ts';

/** A server at this instant: what the checks say, what it is in fact, its load. */
export function serverPanel(
  name: string,
  player: RecordingPlayer,
  { store }: Dashboard,
): TemplateResult | null {
  const index = serverOfPath(player, name);
  if (index < 0) return null;
  const initial = initialServerState(player.index, store.report.value.manifest);
  const history = new ServerHistory(player.index, initial);
  const now = serverNow(player, history, index, store.calmTime_s.value);
  const { sign, word, isTrouble } = SERVER_MARKS[now.state.state];
  const hidden = hiddenTrouble(now.truth, now.state.state);
  const load = `${formatPercent(now.utilisation)} (${utilisationLetter(now.utilisation)})`;
  return html`<h2 class="panel-title"><bdi>${shorten(name, 40)}</bdi></h2>
    <p class="state-line ${isTrouble ? 'state-down' : ''}">
      <strong>${sign} ${word}</strong>
      ${
        now.state.since_s === null
          ? nothing
          : html`since ${formatClock(now.state.since_s)} · ${shorten(now.state.cause ?? '', 60)}`
      }
      ${
        hidden === null
          ? nothing
          : html`<span class="state-word">${hidden.sign} in fact ${hidden.word}</span>`
      }
    </p>
    <dl class="figure-rows">
      ${figureRow('requests', formatRate(now.requestsPerSecond))}
      ${figureRow('utilisation', load, `of ${now.server.concurrency} slots`)}
      ${figureRow(
        'in flight',
        Number.isNaN(now.inFlight) ? '–' : formatCount(now.inFlight),
        now.queued >= 0.05 ? `${formatCount(now.queued)} queued` : '',
      )}
      ${figureRow(
        'weight',
        formatCount(now.server.weight),
        `speed × ${formatCount(now.server.speed)}`,
      )}
    </dl>
    <button class="link-button" @click=${() => void (store.view.value = 'pop')}>
      Look inside
    </button>`;
}
