import type { BackendIndex, Prober, ProbeOutcome } from '../../../balancer/index.ts';
import { createSampler, type Sampler } from '../../kernel/distributions.ts';
import type { Stream } from '../../kernel/random.ts';
import type { Tables } from '../../tables.ts';
import type { HealthSpec } from '../../world.ts';
import { Condition } from '../pops.ts';

/** Round trip of a probe inside a POP: two hops of a rack's network and a trivial request. */
const PROBE_ROUND_TRIP_NS = 500_000;
const ONE_WAY_NS = PROBE_ROUND_TRIP_NS / 2;

type ProbeTables = Pick<Tables, 'pops' | 'stations' | 'probeVisits' | 'kernel' | 'observers'>;

/**
 * Probes of a POP's own servers as events of this world: a server that is dark does not answer, one
 * that refuses or errs fails at once, a probe may be lost. With `probeWork` a probe queues and is
 * served as a request is: a full queue refuses it, and behind an overload it comes too late.
 */
export class ServerProber implements Prober {
  private readonly tables: ProbeTables;
  private readonly pop: number;
  private readonly losses: Stream;
  private readonly work: Sampler | null;
  private readonly workDraws: Stream;
  private readonly timeoutNs: number;

  constructor(
    tables: ProbeTables,
    pop: number,
    { probeWork, timeoutNs }: Pick<HealthSpec, 'probeWork' | 'timeoutNs'>,
    draws: { readonly losses: Stream; readonly work: Stream },
  ) {
    this.tables = tables;
    this.pop = pop;
    this.losses = draws.losses;
    this.workDraws = draws.work;
    this.work = probeWork === undefined ? null : createSampler(probeWork);
    this.timeoutNs = timeoutNs;
  }

  probe(backend: BackendIndex, done: (outcome: ProbeOutcome) => void): void {
    const { pops, kernel, observers } = this.tables;
    const server = pops.firstServer(this.pop) + backend;
    observers.serverProbed(server, kernel.nowNs);
    const isLost = this.losses.uniform() < pops.probeLossRatio[server]!;
    if (isLost || this.#isDark(server)) return;
    if (this.work !== null) {
      kernel.after(ONE_WAY_NS, () => this.#arrive(server, done));
      return;
    }
    kernel.after(PROBE_ROUND_TRIP_NS, this.#answer(this.#outcomeAt(server), done));
  }

  #arrive(server: number, done: (outcome: ProbeOutcome) => void): void {
    const { pops, stations, probeVisits, kernel } = this.tables;
    if (this.#isDark(server)) return;
    const answer = (outcome: ProbeOutcome) => kernel.after(ONE_WAY_NS, this.#answer(outcome, done));
    if (pops.serverCondition[server] !== Condition.Serving) {
      answer(this.#outcomeAt(server));
      return;
    }
    const workNs = this.work!.sample(this.workDraws);
    const isIn = probeVisits.submit(
      stations,
      server,
      { workNs, timeoutNs: this.timeoutNs },
      { served: () => answer('pass'), reset: () => answer('fail') },
    );
    if (!isIn) answer('wrong-answer');
  }

  #answer(outcome: ProbeOutcome, done: (outcome: ProbeOutcome) => void): () => void {
    return () => done(outcome);
  }

  #isDark(server: number): boolean {
    const { condition, serverCondition } = this.tables.pops;
    return condition[this.pop] === Condition.Dark || serverCondition[server] === Condition.Dark;
  }

  /** An error page is an answer; a refused connection is none. */
  #outcomeAt(server: number): ProbeOutcome {
    const condition = this.tables.pops.serverCondition[server];
    if (condition === Condition.Serving) return 'pass';
    return condition === Condition.Erring ? 'wrong-answer' : 'fail';
  }
}
