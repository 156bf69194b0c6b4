import {
  batch,
  computed,
  effect,
  signal,
  type ReadonlySignal,
  type Signal,
} from '@preact/signals-core';
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
  readonly strategy: string;
  readonly answer: Extract<EngineAnswer, { isDone: true }>;
  readonly player: RecordingPlayer;
}

export interface Playground {
  readonly engine: Engine;
  readonly edits: Signal<Edits>;
  /**
   * What edits are compared with: the strategy as it is. Null until it has run; another strategy's
   * until the one that was chosen has.
   */
  readonly original: ReadonlySignal<PageRun | null>;
  /** With the edits; the original itself while there are none, or they have not run on it. */
  readonly edited: ReadonlySignal<PageRun | null>;
  /** Whether what is shown is not (yet) the strategy that was chosen, with all edits. */
  readonly isStale: ReadonlySignal<boolean>;
  /** Why the scenario, as edited, cannot be run. */
  readonly problems: ReadonlySignal<readonly string[]>;
  /** Why the address does not hold the edits, or the page not those of the address. */
  readonly linkProblem: ReadonlySignal<string | null>;
  /** Whether the original is what the command line had, by fingerprint; null = not known. */
  readonly isSameAsRun: ReadonlySignal<boolean | null>;
  stop(): void;
}

/** Runs the strategy that is shown, at first as it is, then with the edits, again after each. */
export function createPlayground(store: Store): Playground {
  const engine = startEngine();
  const edits = signal<Edits>(NO_EDITS);
  const original = signal<PageRun | null>(null);
  const edited = signal<PageRun | null>(null);
  const problems = signal<readonly string[]>([]);
  const order = orders(store, engine, original, problems);
  const show = (run: PageRun | null): void => {
    problems.value = [];
    edited.value = run;
  };
  const stopOriginal = effect(() => {
    const strategy = store.strategy.value;
    const isWanted = (): boolean => store.strategy.peek() === strategy;
    order(strategy, NO_EDITS, (run) => {
      if (!isWanted()) return;
      batch(() => {
        original.value = run;
        show(run);
      });
    });
  });
  const stopEdited = effect(() => {
    const before = original.value;
    const wanted = edits.value;
    if (before?.strategy !== store.strategy.value) return;
    if (!isEdited(wanted)) {
      engine.forget();
      return show(before);
    }
    const isWanted = (): boolean => edits.peek() === wanted && original.peek() === before;
    order(before.strategy, wanted, (run) => void (isWanted() && show(run)));
  });
  const isReady = computed(() => original.value !== null);
  const link = linkEdits({ edits, isReady, packed: store.packedEdits });
  return {
    engine,
    edits,
    original,
    edited,
    problems,
    isStale: computed(() => engine.isBusy.value || problems.value.length > 0),
    linkProblem: link.problem,
    isSameAsRun: computed(() => sameAsRun(store, original.value)),
    stop() {
      stopOriginal();
      stopEdited();
      link.stop();
      engine.stop();
    },
  };
}

type Order = (strategy: string, wanted: Edits, take: (run: PageRun) => void) => void;

/** Orders of the engine; what cannot be run is told in `problems`. */
function orders(
  store: Store,
  engine: Engine,
  original: ReadonlySignal<PageRun | null>,
  problems: Signal<readonly string[]>,
): Order {
  /** The text with its includes, or resolved, where a page cannot read what it includes. */
  let isResolved = false;
  return (strategy, wanted, take) => {
    const { manifest, summary } = store.report.peek();
    if (manifest === null) return;
    const ask = (): void =>
      engine.order(
        {
          text: isResolved ? JSON.stringify(manifest.resolved, null, 2) : manifest.scenario_text,
          strategy,
          edits: wanted,
          seed: manifest.seed,
          servers: serverCounts(original.peek()?.player ?? null),
          warmUp_s: foundWarmUp(manifest.resolved, summary.run.warmup_s),
        },
        (answer) => void answered(answer),
      );
    const answered = async (answer: EngineAnswer): Promise<void> => {
      if (answer.isDone) {
        const source = memorySource(answer.index, answer.files);
        take({ strategy, answer, player: await loadRecording(source, 0, decodeInline) });
      } else if (!isResolved && !isEdited(wanted) && manifest.resolved !== null) {
        isResolved = true;
        ask();
      } else problems.value = answer.problems;
    };
    ask();
  };
}

/** Null where the run's fingerprint of that strategy is not known. */
function sameAsRun(store: Store, original: PageRun | null): boolean | null {
  if (original === null) return null;
  const wanted = store.report.value.summary.strategies[original.strategy]?.fingerprints[0];
  return wanted === undefined ? null : wanted === original.answer.fingerprint;
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
