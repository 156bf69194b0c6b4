import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { decodeInline } from '../data/chunk-decoder.ts';
import { loadRecording, type RecordingPlayer } from '../data/recording-player.ts';
import type { Store } from '../store.ts';
import { linkEdits } from './edits-in-link.ts';
import { isEdited, NO_EDITS, type Edits } from './edits.ts';
import type { ServerCounts } from './edit-scenario.ts';
import type { EngineAnswer } from './engine-protocol.ts';
import { startEngine, type Engine } from './engine.ts';
import { memorySource } from './memory-source.ts';

/** What a run in the page gave, ready to be played. */
export interface PageRun {
  readonly answer: Extract<EngineAnswer, { isDone: true }>;
  readonly player: RecordingPlayer;
}

export interface Playground {
  readonly engine: Engine;
  readonly edits: Signal<Edits>;
  /** The scenario as it is; null until it has run. */
  readonly original: ReadonlySignal<PageRun | null>;
  /** With the edits; the original itself while there are none. */
  readonly edited: ReadonlySignal<PageRun | null>;
  /** Why the scenario, as edited, cannot be run. */
  readonly problems: ReadonlySignal<readonly string[]>;
  /** Why the address does not hold the edits, or the page not those of the address. */
  readonly linkProblem: ReadonlySignal<string | null>;
  /** Whether the original is what the command line had, by fingerprint; null = not known. */
  readonly isSameAsRun: ReadonlySignal<boolean | null>;
  stop(): void;
}

/** Runs the strategy that is shown, at first as it is, then again after each edit. */
export function createPlayground(store: Store): Playground {
  const engine = startEngine();
  const edits = signal<Edits>(NO_EDITS);
  const original = signal<PageRun | null>(null);
  const edited = signal<PageRun | null>(null);
  const problems = signal<readonly string[]>([]);
  /** The text with its includes, or resolved, where a page cannot read what it includes. */
  let isResolved = false;
  const run = (strategy: string, wanted: Edits): void => {
    const { manifest, summary } = store.report.peek();
    if (manifest === null) return;
    const ask = (text: string): void =>
      engine.order(
        {
          text,
          strategy,
          edits: wanted,
          seed: manifest.seed,
          servers: serverCounts(original.peek()?.player ?? null),
          warmUp_s: foundWarmUp(manifest.resolved, summary.run.warmup_s),
        },
        (answer) => void take(answer),
      );
    const take = async (answer: EngineAnswer): Promise<void> => {
      if (!answer.isDone && !isResolved && !isEdited(wanted) && manifest.resolved !== null) {
        isResolved = true;
        ask(JSON.stringify(manifest.resolved, null, 2));
        return;
      }
      problems.value = answer.isDone ? [] : answer.problems;
      if (!answer.isDone) return;
      const source = memorySource(answer.index, answer.files);
      const player = await loadRecording(source, 0, decodeInline);
      if (!isEdited(wanted)) original.value = { answer, player };
      edited.value = { answer, player };
    };
    ask(isResolved ? JSON.stringify(manifest.resolved, null, 2) : manifest.scenario_text);
  };
  const isReady = computed(() => original.value !== null);
  const link = linkEdits({ edits, isReady, packed: store.packedEdits });
  const stopRunning = effect(() => run(store.strategy.value, edits.value));
  return {
    engine,
    edits,
    original,
    edited,
    problems,
    linkProblem: link.problem,
    isSameAsRun: computed(() => {
      const { strategies } = store.report.value.summary;
      const wanted = strategies[store.strategy.value]?.fingerprints[0];
      const got = original.value?.answer.fingerprint;
      return wanted === undefined || got === undefined ? null : wanted === got;
    }),
    stop() {
      stopRunning();
      link.stop();
      engine.stop();
    },
  };
}

function serverCounts(player: RecordingPlayer | null): ServerCounts {
  const pops = player?.index.world.pops ?? [];
  return Object.fromEntries(pops.map(({ name, server_count }) => [name, server_count]));
}

/** Null where the scenario says how long it is. */
function foundWarmUp(resolved: unknown, warmUp_s: number): number | null {
  const run = (resolved as { run?: { warmup?: unknown } } | null)?.run;
  return run?.warmup === undefined || run.warmup === 'auto' ? warmUp_s : null;
}
