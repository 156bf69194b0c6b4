import { html, type TemplateResult } from 'lit-html';
import type { Summary, ThresholdResult } from '../../../sim/report.ts';
import { shorten } from '../../controls/table-twin.ts';

const NO_GATE = 'Thresholds in the scenario decide whether one may ship.';

interface GateVerdict {
  readonly sign: string;
  readonly word: 'holds' | 'fails' | 'undecided' | 'none';
  readonly sentence: string;
}

/** Whether one may ship: what the exit code of the run says, in words. */
export function gateBanner(summary: Summary): TemplateResult {
  const { sign, word, sentence } = gateVerdict(summary);
  const names = summary.gate.map((name) => shorten(name, 40)).join(', ');
  return html`<header class="gate gate-${word}">
    <span class="gate-sign" aria-hidden="true">${sign}</span>
    <div>
      <h2>${sentence}</h2>
      <p class="quiet">
        ${word === 'none' ? NO_GATE : html`Gate: <bdi>${names}</bdi>`}
      </p>
    </div>
  </header>`;
}

export function gateVerdict({ gate, thresholds }: Summary): GateVerdict {
  const own = thresholds.filter(({ strategy }) => gate.includes(strategy));
  if (own.length === 0) return { sign: '–', word: 'none', sentence: 'No thresholds' };
  const count = (...results: readonly ThresholdResult['result'][]): number =>
    own.filter(({ result }) => results.includes(result)).length;
  const failed = count('fail', 'no data');
  const open = count('inconclusive');
  const all = own.length;
  if (failed > 0) {
    return { sign: '✗', word: 'fails', sentence: `The gate fails: ${failed} of ${all} thresholds` };
  }
  if (open > 0) {
    return { sign: '?', word: 'undecided', sentence: `Undecided: ${open} of ${all} inconclusive` };
  }
  return { sign: '✓', word: 'holds', sentence: `The gate holds: ${all} of ${all} thresholds` };
}
