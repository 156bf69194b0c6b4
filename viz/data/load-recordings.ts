import { effect } from '@preact/signals-core';
import type { Store } from '../store.ts';
import { createWorkerDecoder, decodeInline } from './chunk-decoder.ts';
import type { DataSource } from './data-source.ts';
import { loadRecording, type RecordingPlayer } from './recording-player.ts';

export interface FollowedRecordings {
  /** Looks again for those that were not there: a run that goes on writes them one by one. */
  reload(): void;
  stop(): void;
}

/** Keeps `store.recordings` up with the strategies that are shown. */
export function followRecordings(store: Store, source: DataSource): FollowedRecordings {
  const decode = source.isEmbedded ? decodeInline : createWorkerDecoder();
  const asked = new Set<string>();
  const put = (strategy: string, player: RecordingPlayer | null): void => {
    store.recordings.value = new Map([...store.recordings.peek(), [strategy, player]]);
  };
  const load = async (strategy: string): Promise<void> => {
    const position = store.report.peek().strategies.indexOf(strategy);
    const ids = await source.ids();
    if (!ids.has(`recording-${position}`)) return put(strategy, null);
    try {
      put(strategy, await loadRecording(source, position, decode));
    } catch (error) {
      const report = store.report.peek();
      const why = error instanceof Error ? error.message : String(error);
      const problem = `recording of ${strategy}: ${why}`;
      store.report.value = { ...report, problems: [...report.problems, problem] };
      put(strategy, null);
    }
  };
  const stopLoading = effect(() => {
    for (const strategy of [store.strategy.value, store.versus.value]) {
      if (strategy === null || asked.has(strategy)) continue;
      asked.add(strategy);
      void load(strategy);
    }
  });
  const stopPrefetching = effect(() => {
    const time_s = store.calmTime_s.value;
    store.recording.value?.prefetch(time_s);
    store.versusRecording.value?.prefetch(time_s);
  });
  return {
    reload: () => {
      for (const [strategy, player] of store.recordings.peek()) {
        if (player === null) void load(strategy);
      }
    },
    stop: () => {
      stopLoading();
      stopPrefetching();
    },
  };
}
