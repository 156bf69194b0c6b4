/**
 * Entry of a replication process: takes tasks from the worker thread that forked it, one at a time,
 * and answers each with a finished line for the log. A process and not a thread, because running
 * out of memory or a fatal error of V8 in a thread ends the whole program.
 */
import type { Recording } from '../../sim/index.ts';
import { writeRecording } from './recording-files.ts';
import { encodeLine } from './results-line.ts';
import {
  isRecorded,
  worldOf,
  type ReplicationAnswer,
  type ReplicationTask,
  type RunReplication,
  type WorkerSetup,
} from './replication-task.ts';

let setup: WorkerSetup | null = null;
let runReplication: RunReplication | null = null;

// A Ctrl-C reaches the whole process group; the main process decides who ends when.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('message', (message: WorkerSetup | ReplicationTask) => {
  if ('worlds' in message) setup = message;
  else void answer(message);
});

async function answer(task: ReplicationTask): Promise<void> {
  let reply: ReplicationAnswer;
  try {
    reply = { line: await run(task, setup!) };
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    reply = { failure: { name, message, stack: stack ?? '' } };
  }
  // The main process may be gone by now; then nobody wants the answer.
  if (process.connected) process.send!(reply, () => undefined);
}

async function run(
  task: ReplicationTask,
  { worlds, seeds, replicationModule, outDir }: WorkerSetup,
): Promise<string> {
  runReplication ??= ((await import(replicationModule)) as { runReplication: RunReplication })
    .runReplication;
  const { kind, strategy, replication } = task;
  const world = worldOf(task, worlds);
  const record = isRecorded(task, world)
    ? (recording: Recording) => writeRecording(outDir, recording)
    : undefined;
  const result = await runReplication(world, seeds[task.plan]!, replication, record);
  return encodeLine({ kind, strategy, replication, result });
}
