/**
 * What a thread of the pool runs: it owns one replication process, hands tasks to it, and reports
 * its death as an error. The pool schedules; the process isolates.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { workerData } from 'piscina';
import { sourceArguments, sibling } from './entry-point.ts';
import type { ReplicationAnswer, ReplicationTask, WorkerSetup } from './replication-task.ts';

/** Tells the main process whom to end when the run is aborted (and whom no longer). */
export interface ProcessNotice {
  readonly replicationPid: number;
  readonly isAlive: boolean;
}

/** Enough of a dying process' last words to show V8's "heap out of memory". */
const LAST_WORDS_LENGTH = 2000;

let child: ChildProcess | null = null;
let lastWords = '';

/** Resolves to the answer; rejects with "replication process died …" when there will be none. */
export function runTask(task: ReplicationTask): Promise<ReplicationAnswer> {
  child ??= startProcess();
  const worker = child;
  return new Promise((resolve, reject) => {
    const onMessage = (answer: ReplicationAnswer): void => {
      worker.off('exit', onExit);
      resolve(answer);
    };
    const onExit = (code: number | null, signal: string | null): void => {
      worker.off('message', onMessage);
      child = null;
      reject(
        new Error(
          `replication process died (${signal ?? `exit code ${code}`}) ${lastWords}`.trim(),
        ),
      );
    };
    worker.once('message', onMessage);
    worker.once('exit', onExit);
    worker.send(task, () => undefined);
  });
}

function startProcess(): ChildProcess {
  const started = fork(fileURLToPath(sibling('replication-process')), [], {
    // Structured clone, as JSON has no Infinity.
    serialization: 'advanced',
    execArgv: sourceArguments(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  lastWords = '';
  started.stderr!.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS_LENGTH);
  });
  started.once('exit', () => {
    tellMain({ replicationPid: started.pid!, isAlive: false });
    // Died between two tasks: the next one gets a new process.
    if (child === started) child = null;
  });
  started.send(workerData as unknown as WorkerSetup, () => undefined);
  tellMain({ replicationPid: started.pid!, isAlive: true });
  return started;
}

function tellMain(notice: ProcessNotice): void {
  parentPort?.postMessage(notice);
}
