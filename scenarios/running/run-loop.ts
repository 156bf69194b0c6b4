import { resolve } from 'node:path';
import type { RunResult, WorldSpec } from '../../sim/index.ts';
import { sibling } from './entry-point.ts';
import { MemoryWatch } from './memory-watch.ts';
import { ProgressMeter } from './progress-meter.ts';
import { ReplicationCrashed, ReplicationLost, ReplicationPool } from './replication-pool.ts';
import { replicationSeed } from './replication-seed.ts';
import { hasRecording } from './recording-files.ts';
import { isRecorded, type ReplicationTask } from './replication-task.ts';
import { decodeLine, type ResultsLine } from './results-line.ts';
import type { RunFolder } from './run-folder.ts';
import type { LostReplication, RunOptions, RunRequest, StopReason } from './run-request.ts';
import { Schedule } from './schedule.ts';
import {
  PILOT_STAGES,
  pilotReplications,
  pilotTime,
  warmUpFrom,
  type PilotStage,
  type WarmUp,
} from './warm-up.ts';

export interface LoopEnd {
  /** By plan, in replication order. */
  readonly results: readonly (readonly RunResult[])[];
  readonly warmUp: WarmUp['time'];
  readonly notes: readonly string[];
  readonly stopped: StopReason | null;
  readonly lost: readonly LostReplication[];
}

/** The name by which the simulator's errors say that an invariant did not hold. */
const INVARIANT_ERROR = /^(Invariant|Assertion)/;

/** Drives one run: which replication is simulated when, what is kept, why it ends. */
export class RunLoop {
  readonly #request: RunRequest;
  readonly #options: RunOptions;
  readonly #folder: RunFolder;
  readonly #worlds: readonly WorldSpec[];
  readonly #pool: ReplicationPool;
  readonly #schedule: Schedule;
  readonly #meter: ProgressMeter;
  readonly #lost: LostReplication[] = [];
  /** Pilots by `strategy replication`. */
  readonly #pilots = new Map<string, RunResult>();
  readonly #underWay = new Set<Promise<void>>();
  #stopped: StopReason | null = null;
  /** Nothing that still arrives is kept. */
  #isOver = false;
  #failure: unknown = null;

  constructor(request: RunRequest, options: RunOptions, folder: RunFolder) {
    this.#request = request;
    this.#options = options;
    this.#folder = folder;
    this.#worlds = request.plans.map(({ world }) => world);
    const module = options.replicationModule ?? sibling('simulate');
    this.#pool = new ReplicationPool(options.workers, {
      worlds: this.#worlds,
      seeds: request.plans.map(({ name }) => replicationSeed(request, name)),
      replicationModule: module.href,
      outDir: resolve(options.outDir),
    });
    const strategies = request.plans.map(({ name }) => name);
    const { replications, precision } = request;
    this.#schedule = new Schedule({
      strategies,
      replications,
      precision,
      workers: options.workers,
    });
    this.#meter = new ProgressMeter(request, options, this.#schedule);
  }

  async run(): Promise<LoopEnd> {
    const stopWatching = this.#watch();
    try {
      this.#takeStored();
      const warmUp = await this.#warmUp();
      if (this.#stopped === null) await this.#measure(warmUp.time);
      if (this.#failure !== null) throw this.#failure;
      const stopped = this.#stopped ?? (this.#lost.length > 0 ? 'lost-replications' : null);
      const results = this.#request.plans.map((_, plan) => this.#schedule.results(plan));
      return { results, warmUp: warmUp.time, notes: warmUp.notes, stopped, lost: this.#lost };
    } finally {
      // Rounds begun ahead that turned out not to be needed are not waited for.
      this.#isOver = true;
      stopWatching();
      await this.#pool.close();
      await Promise.allSettled(this.#underWay);
    }
  }

  /** Ends the run early; the first reason counts. */
  #stop(reason: StopReason): void {
    if (this.#stopped !== null) return;
    this.#stopped = reason;
    void this.#pool.close();
  }

  #watch(): () => void {
    const { signal, maxWallMs, maxMemoryBytes } = this.#options;
    const interrupt = (): void => this.#stop('interrupted');
    if (signal?.aborted === true) interrupt();
    signal?.addEventListener('abort', interrupt);
    const timer =
      maxWallMs === undefined ? null : setTimeout(() => this.#stop('max-wall'), maxWallMs);
    const memory =
      maxMemoryBytes === undefined
        ? null
        : new MemoryWatch(this.#pool, maxMemoryBytes, () => this.#stop('max-memory'));
    return () => {
      signal?.removeEventListener('abort', interrupt);
      if (timer !== null) clearTimeout(timer);
      memory?.close();
    };
  }

  #takeStored(): void {
    const planOf = new Map(this.#request.plans.map(({ name }, plan) => [name, plan]));
    for (const { kind, strategy, replication, result } of this.#folder.stored) {
      const plan = planOf.get(strategy);
      if (kind === 'pilot') this.#pilots.set(pilotKey(strategy, replication), result);
      else if (plan !== undefined && !this.#lacksRecording({ kind, strategy, plan, replication })) {
        this.#schedule.finish({ plan, replication }, result);
      }
    }
    this.#meter.begin();
  }

  /** A stored replication whose recording is gone is simulated again, to the same result. */
  #lacksRecording(stored: Pick<ReplicationTask, 'kind' | 'strategy' | 'plan' | 'replication'>) {
    return (
      isRecorded(stored, this.#worlds[stored.plan]!) &&
      !hasRecording(this.#options.outDir, stored.strategy)
    );
  }

  async #warmUp(): Promise<WarmUp> {
    const given = this.#worlds[0]!.time;
    let warmUp: WarmUp = { time: { preRunNs: given.preRunNs, cutNs: given.cutNs }, notes: [] };
    if (this.#request.warmup === 'given') return warmUp;
    for (const stage of PILOT_STAGES) {
      const pilots = await this.#pilotStage(stage);
      if (this.#stopped !== null) return warmUp;
      const found = warmUpFrom(this.#worlds, pilots);
      warmUp = found;
      if (found.isSettled) break;
    }
    return warmUp;
  }

  /** A stage's pilots by plan, simulating those that are not stored. */
  async #pilotStage(stage: PilotStage): Promise<RunResult[][]> {
    const replications = pilotReplications(stage);
    const tasks = this.#worlds.flatMap((world, plan) =>
      replications.map((replication): ReplicationTask => {
        const { time, timelineNs } = pilotTime(this.#worlds, world, stage);
        return {
          kind: 'pilot',
          plan,
          strategy: this.#request.plans[plan]!.name,
          replication,
          time,
          timelineNs,
        };
      }),
    );
    const isMissing = ({ strategy, replication }: ReplicationTask): boolean =>
      !this.#pilots.has(pilotKey(strategy, replication));
    const queue = tasks.filter(isMissing);
    this.#meter.beginPilots(tasks.length - queue.length, tasks.length);
    await this.#workThrough(
      () => queue.shift() ?? null,
      () => false,
    );
    return this.#request.plans.map(({ name }) =>
      replications.flatMap((replication) => this.#pilots.get(pilotKey(name, replication)) ?? []),
    );
  }

  async #measure(time: WarmUp['time']): Promise<void> {
    this.#meter.beginMeasuring();
    await this.#workThrough(
      () => {
        const slot = this.#schedule.next();
        if (slot === null) return null;
        const { name, world } = this.#request.plans[slot.plan]!;
        return {
          kind: 'measured',
          ...slot,
          strategy: name,
          time: { ...world.time, ...time },
          timelineNs: null,
        };
      },
      () => this.#schedule.enough !== null,
    );
  }

  /** Keeps `workers` tasks under way until none is left to begin, it is enough, or we stop. */
  async #workThrough(next: () => ReplicationTask | null, isEnough: () => boolean): Promise<void> {
    const underWay = this.#underWay;
    while (!isEnough()) {
      while (this.#stopped === null && underWay.size < this.#options.workers) {
        const task = next();
        if (task === null) break;
        const work: Promise<void> = this.#simulate(task).finally(() => underWay.delete(work));
        underWay.add(work);
      }
      if (underWay.size === 0) return;
      await Promise.race(underWay);
    }
  }

  async #simulate(task: ReplicationTask): Promise<void> {
    try {
      const text = await this.#pool.run(task);
      if (this.#isOver) return;
      await this.#folder.log.append(text);
      this.#keep(task, decodeLine(text)!);
    } catch (error) {
      this.#fail(task, error);
    }
  }

  #keep(task: ReplicationTask, { result, replication, strategy }: ResultsLine): void {
    if (task.kind === 'pilot') this.#pilots.set(pilotKey(strategy, replication), result);
    else this.#schedule.finish(task, result);
    this.#meter.finished(task.kind, result.eventCount);
  }

  #fail(task: ReplicationTask, error: unknown): void {
    if (this.#isOver) return;
    // Ended by ourselves: nothing is lost that a resume would not do again.
    if (error instanceof ReplicationLost && this.#stopped !== null) return;
    if (error instanceof ReplicationLost || error instanceof ReplicationCrashed) {
      this.#lost.push({
        strategy: task.strategy,
        replication: task.replication,
        message: error.message,
      });
      if (task.kind === 'measured') this.#schedule.finish(task, 'lost');
      if (error instanceof ReplicationCrashed)
        this.#stop(INVARIANT_ERROR.test(error.errorName) ? 'invariant' : 'crash');
      else if (this.#options.failFast === true) this.#stop('lost-replications');
      return;
    }
    // A full disk, or a bug of ours: nothing can be kept any more.
    this.#failure ??= error;
    this.#stop('crash');
  }
}

function pilotKey(strategy: string, replication: number): string {
  return `${strategy} ${replication}`;
}
