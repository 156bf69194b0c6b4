import type { RunProgress, StrategyProgress } from '../../scenarios/index.ts';
import { metricLabel } from '../summary/metric-label.ts';
import { escapeLine, shorten } from './escape.ts';
import { formatCount, formatElapsed, formatInterval, unitOf } from './numbers.ts';
import type { Terminal } from './terminal.ts';

/** Shows snapshots of a run. `stop` removes what was drawn. */
export interface ProgressDisplay {
  show(progress: RunProgress): void;
  stop(): void;
}

/** Where output is kept (a log file, CI), a line this often tells that it lives. */
const LINE_INTERVAL_MS = 10_000;
/** A redraw a replication would flicker when replications are short. */
const REDRAW_INTERVAL_MS = 100;
const BAR_LENGTH = 22;
/** A strategy's name longer than this would push the bar off the screen. */
const NAME_LENGTH_MAX = 24;

/** A display on stderr as the terminal wants it: live, a line now and then, or none. */
export async function createProgressDisplay(terminal: Terminal): Promise<ProgressDisplay> {
  if (terminal.progress === 'off') return { show: () => {}, stop: () => {} };
  if (terminal.progress === 'lines') return lineDisplay(terminal);
  const { createLogUpdate } = await import('log-update');
  const draw = createLogUpdate(process.stderr);
  let drawnMs = -Infinity;
  return {
    show: (progress) => {
      if (progress.elapsedMs - drawnMs < REDRAW_INTERVAL_MS) return;
      drawnMs = progress.elapsedMs;
      draw(progressText(progress));
    },
    stop: () => {
      draw.clear();
      draw.done();
    },
  };
}

/** By the clock, not by what finishes: one replication may take minutes. */
function lineDisplay(terminal: Terminal): ProgressDisplay {
  let latest: RunProgress | null = null;
  let receivedMs = 0;
  const timer = setInterval(() => {
    if (latest === null) return;
    const elapsedMs = latest.elapsedMs + Date.now() - receivedMs;
    terminal.say(`${formatElapsed(elapsedMs / 1000)}  ${progressLine(latest)}`);
  }, LINE_INTERVAL_MS);
  timer.unref();
  return {
    show: (progress) => {
      latest = progress;
      receivedMs = Date.now();
    },
    stop: () => clearInterval(timer),
  };
}

/** `pilots 12/25`, then `anycast 3/10 · geo-dns 2/10`. */
function progressLine(progress: RunProgress): string {
  const pilots = pilotText(progress);
  if (pilots !== null) return pilots;
  return progress.strategies.map((one) => `${escapeLine(one.name)} ${tally(one)}`).join(' · ');
}

/** The live picture: a bar a strategy, then pace and rest. */
export function progressText(progress: RunProgress): string {
  const names = progress.strategies.map((one) => shorten(escapeLine(one.name), NAME_LENGTH_MAX));
  const nameLength = Math.max(...names.map((name) => name.length));
  const rows = progress.strategies.map((one, i) => {
    const share = one.done / Math.max(one.least, Math.min(one.done, one.most));
    const count = tally(one).padStart(7);
    const name = names[i]!.padEnd(nameLength);
    return ` ${name}  ${bar(share)} ${count}  ${figureSoFar(one)}`.trimEnd();
  });
  const pilots = pilotText(progress);
  const warming = pilots === null ? [] : [` ${pilots}`];
  const rest =
    progress.remainingMs === null
      ? ''
      : ` · about ${formatElapsed(progress.remainingMs / 1000)} left`;
  const pace =
    ` elapsed ${formatElapsed(progress.elapsedMs / 1000)} · ` +
    `${formatCount(progress.eventsPerSecond)} events/s · ${progress.workers} workers${rest} · ` +
    'results are saved after each replication';
  return [...rows, ...warming, pace].join('\n');
}

function pilotText({ phase, pilots }: RunProgress): string | null {
  if (phase !== 'warm-up' || pilots === null) return null;
  return `finding the warm-up: pilots ${pilots.done}/${pilots.of}`;
}

/** `11/≥10` while more than the least may be needed, else `14/14`. */
function tally({ done, least, most }: StrategyProgress): string {
  if (least === most) return `${done}/${most}`;
  return done >= most ? `${done}/${most}` : `${done}/≥${least}`;
}

function figureSoFar({ metric, mean, halfWidth, isPrecise }: StrategyProgress): string {
  if (mean === null) return '';
  const interval = {
    mean,
    low: halfWidth === null ? null : mean - halfWidth,
    high: halfWidth === null ? null : mean + halfWidth,
  };
  const reached = isPrecise === true ? '   precision reached' : '';
  return `${metricLabel(metric)} ${formatInterval(interval, unitOf(metric, mean))}${reached}`;
}

/** A bar in eighths of a character cell (U+2588 … U+258F). */
function bar(share: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * BAR_LENGTH * 8);
  const whole = '█'.repeat(Math.floor(eighths / 8));
  const rest = eighths % 8 === 0 ? '' : String.fromCharCode(0x2590 - (eighths % 8));
  return (whole + rest).padEnd(BAR_LENGTH);
}
