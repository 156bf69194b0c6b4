import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { FolderError } from './folder-error.ts';
import { sibling, sourceArguments } from './entry-point.ts';
import type { ReplicationAnswer, ReplicationTask, WorkerSetup } from './replication-task.ts';
import type { ProcessNotice } from './worker.ts';

/** The process of a replication ended without an answer, and so did its second try. */
export class ReplicationLost extends Error {
  override readonly name = 'ReplicationLost';
}

/** The simulator threw: an invariant did not hold, or a bug. `cause` names the error's class. */
export class ReplicationCrashed extends Error {
  override readonly name = 'ReplicationCrashed';
  readonly errorName: string;

  constructor(errorName: string, message: string, stack: string) {
    super(message);
    this.errorName = errorName;
    this.stack = stack;
  }
}

/** A lost process may have been bad luck (killed from outside); a second loss is not. */
const TRIES = 2;

/** Runs replications on `workers` processes and hands back their encoded lines. */
export class ReplicationPool {
  readonly #pool: Piscina<ReplicationTask, ReplicationAnswer>;
  readonly #pids = new Set<number>();
  #isClosed = false;

  constructor(workers: number, setup: WorkerSetup) {
    this.#pool = new Piscina({
      filename: fileURLToPath(sibling('worker')),
      name: 'runTask',
      execArgv: sourceArguments(),
      minThreads: 0,
      maxThreads: workers,
      idleTimeout: Infinity,
      // Threads wait for their process in their event loop, so they must not sleep in Atomics.wait.
      atomics: 'disabled',
      workerData: setup,
    });
    this.#pool.on('message', ({ replicationPid, isAlive }: ProcessNotice) => {
      if (isAlive) this.#pids.add(replicationPid);
      else this.#pids.delete(replicationPid);
      if (this.#isClosed) this.#kill();
    });
    // A thread that fails between tasks is replaced; the tasks themselves report their own errors.
    this.#pool.on('error', () => undefined);
  }

  /** Throws ReplicationLost or ReplicationCrashed. */
  async run(task: ReplicationTask): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      let answer: ReplicationAnswer;
      try {
        answer = await this.#pool.run(task);
      } catch (error) {
        if (attempt < TRIES && !this.#isClosed) continue;
        throw new ReplicationLost((error as Error).message, { cause: error });
      }
      if ('line' in answer) return answer.line;
      const { name, message, stack } = answer.failure;
      if (name === 'FolderError') throw new FolderError(5, message);
      throw new ReplicationCrashed(name, message, stack);
    }
  }

  /** Process ids of the living replication processes. */
  get pids(): ReadonlySet<number> {
    return this.#pids;
  }

  /** Ends everything at once; replications under way are lost. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#kill();
    await this.#pool.destroy();
  }

  #kill(): void {
    for (const pid of this.#pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Already gone.
      }
    }
    this.#pids.clear();
  }
}
