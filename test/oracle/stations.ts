import { type Agenda, Moment } from './processes.ts';

/** A piece of work at a station. */
export interface Job {
  readonly workNs: number;
  readonly enteredNs: number;
  /**
   * Brings how long the job waited beyond its own service; when the station crashed, 'reset' if
   * somebody notices, else 'lost'.
   */
  readonly done: Moment<number | 'reset' | 'lost'>;
  /** Nobody waits for it any more. */
  isAbandoned: boolean;
}

export interface StationOptions {
  readonly concurrency: number;
  readonly speed: number;
  readonly queueLimit: number;
}

/** A queueing station of the slow simulator. */
export interface Station {
  readonly insideCount: number;
  speed: number;
  /** null when the queue is full. */
  submit(workNs: number): Job | null;
  isWaiting(job: Job): boolean;
  abandon(job: Job): void;
  crash(how: 'reset' | 'lost'): void;
}

/** First come, first served, on `concurrency` slots: an array in service and an array waiting. */
export class FifoStation implements Station {
  speed: number;
  readonly #agenda: Agenda;
  readonly #options: StationOptions;
  #serving: { readonly job: Job; readonly cancel: () => void }[] = [];
  #waiting: Job[] = [];

  constructor(agenda: Agenda, options: StationOptions) {
    this.#agenda = agenda;
    this.#options = options;
    this.speed = options.speed;
  }

  get insideCount(): number {
    return this.#serving.length + this.#waiting.length;
  }

  submit(workNs: number): Job | null {
    const { concurrency, queueLimit } = this.#options;
    if (this.insideCount >= concurrency + queueLimit) return null;
    const job = newJob(workNs, this.#agenda.nowNs);
    if (this.#serving.length < concurrency) this.#serve(job);
    else this.#waiting.push(job);
    return job;
  }

  isWaiting(job: Job): boolean {
    return this.#waiting.includes(job);
  }

  /** Work in service goes on for nobody; waiting work goes. */
  abandon(job: Job): void {
    job.isAbandoned = true;
    this.#waiting = this.#waiting.filter((other) => other !== job);
  }

  crash(how: 'reset' | 'lost'): void {
    const lost = [...this.#serving.map(({ job }) => job), ...this.#waiting];
    for (const { cancel } of this.#serving) cancel();
    this.#serving = [];
    this.#waiting = [];
    for (const job of lost) if (!job.isAbandoned) job.done.happen(how);
  }

  #serve(job: Job): void {
    const serviceNs = Math.round(job.workNs / this.speed);
    const cancel = this.#agenda.at(this.#agenda.nowNs + serviceNs, () => this.#end(job));
    this.#serving.push({ job, cancel });
  }

  #end(job: Job): void {
    this.#serving = this.#serving.filter((serving) => serving.job !== job);
    const next = this.#waiting.shift();
    if (next !== undefined) this.#serve(next);
    if (job.isAbandoned) return;
    job.done.happen(Math.max(0, this.#agenda.nowNs - job.enteredNs - job.workNs / this.speed));
  }
}

/**
 * Everybody inside shares `concurrency` processors. Attained service grows alike for all, so each
 * job is done when the service that a job present since the beginning would have attained reaches
 * what it was at the job's entry, plus the job's work.
 */
export class SharingStation implements Station {
  readonly #agenda: Agenda;
  readonly #options: StationOptions;
  #speed: number;
  #inside: { readonly job: Job; readonly doneAtAttainedNs: number }[] = [];
  #attainedNs = 0;
  #attainedAtNs = 0;
  #cancelNextEnd: () => void = () => {};

  constructor(agenda: Agenda, options: StationOptions) {
    this.#agenda = agenda;
    this.#options = options;
    this.#speed = options.speed;
  }

  get insideCount(): number {
    return this.#inside.length;
  }

  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.#attain();
    this.#speed = speed;
    this.#planNextEnd();
  }

  submit(workNs: number): Job | null {
    const { concurrency, queueLimit } = this.#options;
    if (this.#inside.length >= concurrency + queueLimit) return null;
    this.#attain();
    const job = newJob(workNs, this.#agenda.nowNs);
    this.#inside.push({ job, doneAtAttainedNs: this.#attainedNs + workNs });
    this.#planNextEnd();
    return job;
  }

  isWaiting(): boolean {
    return false;
  }

  abandon(job: Job): void {
    job.isAbandoned = true;
  }

  crash(how: 'reset' | 'lost'): void {
    const lost = this.#inside;
    this.#inside = [];
    this.#cancelNextEnd();
    for (const { job } of lost) if (!job.isAbandoned) job.done.happen(how);
  }

  #servicePerNs(): number {
    return Math.min(1, this.#options.concurrency / this.#inside.length) * this.#speed;
  }

  #attain(): void {
    const elapsedNs = this.#agenda.nowNs - this.#attainedAtNs;
    if (this.#inside.length > 0) this.#attainedNs += elapsedNs * this.#servicePerNs();
    this.#attainedAtNs = this.#agenda.nowNs;
  }

  #planNextEnd(): void {
    this.#cancelNextEnd();
    if (this.#inside.length === 0) return;
    const first = this.#inside.reduce((a, b) => (b.doneAtAttainedNs < a.doneAtAttainedNs ? b : a));
    const leftNs = Math.max(0, first.doneAtAttainedNs - this.#attainedNs);
    const atNs = this.#agenda.nowNs + Math.round(leftNs / this.#servicePerNs());
    this.#cancelNextEnd = this.#agenda.at(atNs, () => {
      this.#attainedNs = first.doneAtAttainedNs;
      this.#attainedAtNs = this.#agenda.nowNs;
      this.#inside = this.#inside.filter((other) => other !== first);
      if (this.#inside.length === 0) this.#attainedNs = 0;
      this.#planNextEnd();
      const { job } = first;
      if (job.isAbandoned) return;
      job.done.happen(Math.max(0, this.#agenda.nowNs - job.enteredNs - job.workNs / this.#speed));
    });
  }
}

function newJob(workNs: number, enteredNs: number): Job {
  return { workNs, enteredNs, done: new Moment(), isAbandoned: false };
}
