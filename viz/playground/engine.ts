import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { EngineAnswer, EngineOrder, EngineReady } from './engine-protocol.ts';

export interface Engine {
  /** Names of policies; empty until the engine is ready. */
  readonly policies: ReadonlySignal<readonly string[]>;
  readonly isBusy: ReadonlySignal<boolean>;
  /** Why the engine does not start, in words. */
  readonly problem: ReadonlySignal<string | null>;
  /** Runs a scenario. Of orders that wait for the present one, only the last is carried out. */
  order(asked: Omit<EngineOrder, 'order'>, take: (answer: EngineAnswer) => void): void;
  /** Nobody wants what was ordered. What is under way runs to its end, and is thrown away. */
  forget(): void;
  stop(): void;
}

interface Waiting {
  readonly asked: EngineOrder;
  readonly take: (answer: EngineAnswer) => void;
}

/** Starts the engine on a thread of its own. */
export function startEngine(): Engine {
  const policies = signal<readonly string[]>([]);
  const isBusy = signal(false);
  const problem = signal<string | null>(null);
  const worker = new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module' });
  let next: Waiting | null = null;
  let present: Waiting | null = null;
  let count = 0;
  const send = (): void => {
    present = next;
    next = null;
    if (present !== null) worker.postMessage(present.asked);
  };
  worker.onmessage = ({ data }: MessageEvent<EngineReady | EngineAnswer>) => {
    if ('policies' in data) {
      policies.value = data.policies;
      return;
    }
    const done = present;
    const isLast = next === null;
    send();
    if (!isLast) return;
    const isWanted = isBusy.peek();
    isBusy.value = false;
    if (isWanted) done?.take(data);
  };
  worker.onerror = () => {
    problem.value = 'The engine did not start: this browser or file allows no worker.';
    isBusy.value = false;
  };
  return {
    policies,
    isBusy,
    problem,
    order(asked, take) {
      next = { asked: { ...asked, order: count++ }, take };
      isBusy.value = true;
      if (present === null) send();
    },
    forget() {
      next = null;
      isBusy.value = false;
    },
    stop: () => worker.terminate(),
  };
}
