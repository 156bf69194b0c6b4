import {
  exitCodeFor,
  type Manifest,
  type RecordingIndex,
  type Summary,
} from '../../scenarios/index.ts';
import { CommandError, ExitCode } from '../exit-code.ts';
import { gateLine } from '../summary/gate-line.ts';
import { escapeLine } from '../terminal/escape.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wrapLine } from '../terminal/wrap.ts';
import { entityText, resultText } from './text/entity-text.ts';
import { serverStateColumn } from './text/server-states.ts';
import { comparisonText, thresholdText, type TextShape } from './text/verdict-text.ts';
import type { ViewSource } from './view-source.ts';

/** Where the output is no terminal: what mail, tickets and old terminals show unbroken. */
const PIPED_WIDTH = 80;

/** `view --text`: the whole report as tables; `--json` prints the summary. */
export async function printReport(source: ViewSource, terminal: Terminal): Promise<void> {
  const summary = await readPiece<Summary>(source, 'summary');
  if (summary === null) {
    throw new CommandError(
      ExitCode.UnusableResults,
      'there is no summary yet, and the manifest does not give the scenario again',
    );
  }
  if (terminal.json) return terminal.print(JSON.stringify(summary, null, 2));
  const width = process.stdout.isTTY ? terminal.width : PIPED_WIDTH;
  const shape = { palette: terminal.palette, width };
  terminal.print(await reportText(source, summary, shape));
}

async function reportText(source: ViewSource, summary: Summary, shape: TextShape): Promise<string> {
  const { palette, width } = shape;
  const manifest = await readPiece<Manifest>(source, 'manifest');
  const notes = summary.notes.map((note) => wrapLine(` · ${escapeLine(note)}`, width));
  const blocks: (string | null)[] = [
    heading(summary, manifest, shape),
    thresholdText(summary, shape),
    comparisonText(summary, shape),
    resultText(summary, shape),
    notes.length === 0 ? null : [palette.strong('NOTES'), ...notes].join('\n'),
    wrapLine(gateLine(summary, exitCodeFor(summary, null)), width),
  ];
  for (const [index, [name, strategy]] of Object.entries(summary.strategies).entries()) {
    const recording = await readPiece<RecordingIndex>(source, `recording-${index}`);
    const states = serverStateColumn(recording);
    const settings = Object.entries(strategy.settings).map(
      ([path, value]) => `${escapeLine(path)}: ${escapeLine(JSON.stringify(value))}`,
    );
    const title = palette.strong(`STRATEGY ${escapeLine(name)}`);
    const set = settings.length === 0 ? [] : [wrapLine(` ${settings.join(', ')}`, width)];
    blocks.push([title, ...set].join('\n'), ...entityText(strategy, states, shape));
  }
  return blocks.filter((block) => block !== null).join('\n\n');
}

function heading(
  summary: Summary,
  manifest: Manifest | null,
  { palette, width }: TextShape,
): string {
  const { run, scenario, strategies } = summary;
  const count = Object.keys(strategies).length;
  const facts = [
    `${count} ${count === 1 ? 'strategy' : 'strategies'}`,
    `${run.replications} replications`,
    `seed ${escapeLine(run.seed)}`,
    `${run.duration_s} s measured after ${run.warmup_s} s of warm-up`,
    ...(manifest === null ? [] : [`Anycastle ${escapeLine(manifest.package_version)}`]),
  ];
  const partial = 'PARTIAL  some replications are missing';
  return [
    palette.strong(escapeLine(scenario.name)),
    wrapLine(` ${facts.join(' · ')}`, width),
    ...(run.partial ? [palette.unsure(partial)] : []),
  ].join('\n');
}

/** A piece's contents; null where there is none, or it is damaged: the rest is still worth it. */
async function readPiece<T>(source: ViewSource, id: string): Promise<T | null> {
  try {
    const bytes = await source.pieces().get(id)?.read();
    return bytes === undefined ? null : (JSON.parse(bytes.toString('utf8')) as T);
  } catch {
    return null;
  }
}
