import type { RandomSource } from '../../ports.ts';
import { Awareness } from './awareness.ts';
import { suspicionTimeoutNs } from './scaling.ts';
import { Suspicion } from './suspicion.ts';

export interface SwimSettings {
  readonly probeIntervalNs: number;
  readonly probeTimeoutNs: number;
  /** Members asked to probe in one's stead when a direct probe has failed. */
  readonly indirectChecks: number;
  readonly suspicionFactor: number;
  readonly suspicionMostFactor: number;
  readonly awarenessMost: number;
}

/** What members tell one another; an incarnation orders what is said of one member. */
export interface SwimMessage {
  readonly kind: 'alive' | 'suspect' | 'dead';
  readonly about: number;
  readonly incarnation: number;
  readonly from: number;
}

export type Standing = SwimMessage['kind'];

interface Known {
  standing: Standing;
  incarnation: number;
  suspicion: Suspicion | undefined;
}

/**
 * One member of a SWIM group with Lifeguard (Das et al. 2002; memberlist's `state.go`): what it
 * believes of the others, whom it probes next, and what it tells. Pure: messages and time in,
 * messages out; sending them is the holder's.
 */
export class SwimMember {
  readonly awareness: Awareness;
  readonly #self: number;
  readonly #settings: SwimSettings;
  readonly #random: RandomSource;
  readonly #known = new Map<number, Known>();
  #round: number[] = [];
  #incarnation = 1;

  constructor(self: number, settings: SwimSettings, random: RandomSource) {
    this.#self = self;
    this.#settings = settings;
    this.#random = random;
    this.awareness = new Awareness(settings.awarenessMost);
  }

  standingOf(member: number): Standing | undefined {
    return member === this.#self ? 'alive' : this.#known.get(member)?.standing;
  }

  /** How long to wait for the answer to a direct probe: longer while one distrusts oneself. */
  probeTimeoutNs(): number {
    return this.awareness.scaleTimeoutNs(this.#settings.probeTimeoutNs);
  }

  probeIntervalNs(): number {
    return this.awareness.scaleTimeoutNs(this.#settings.probeIntervalNs);
  }

  /** Each member that is not dead once a round, in an order drawn anew; undefined when alone. */
  nextProbe(): number | undefined {
    for (let isFresh = false; ;) {
      const member = this.#round.pop();
      if (member !== undefined && this.#isLive(member)) return member;
      if (member !== undefined) continue;
      if (isFresh) return undefined;
      this.#round = this.#shuffled([...this.#known.keys()]);
      isFresh = true;
    }
  }

  /** Different live members to ask for an indirect probe of `target`. */
  helpersFor(target: number): number[] {
    const others = [...this.#known.keys()].filter((m) => m !== target && this.#isLive(m));
    return this.#shuffled(others).slice(0, this.#settings.indirectChecks);
  }

  probeAnswered(): void {
    this.awareness.applyDelta(-1);
  }

  /**
   * Neither a direct nor an indirect probe was answered. Of the helpers asked, those that did not
   * even say "no answer" (a nack) speak against oneself. Returns what to tell.
   */
  probeFailed(
    target: number,
    helperCount: number,
    nackCount: number,
    nowNs: number,
  ): SwimMessage[] {
    this.awareness.applyDelta(helperCount === 0 ? 1 : helperCount - nackCount);
    const known = this.#known.get(target);
    if (known === undefined) return [];
    const { incarnation } = known;
    return this.receive({ kind: 'suspect', about: target, incarnation, from: this.#self }, nowNs);
  }

  /** Takes a message in; returns what is to be passed on. */
  receive(message: SwimMessage, nowNs: number): SwimMessage[] {
    if (message.about === this.#self) return this.#refute(message);
    if (message.kind === 'alive') return this.#hearAlive(message);
    const known = this.#known.get(message.about);
    if (known === undefined || known.standing === 'dead') return [];
    if (message.incarnation < known.incarnation) return [];
    return message.kind === 'dead'
      ? this.#hearDead(known, message)
      : this.#hearSuspect(known, message, nowNs);
  }

  /** The suspected whose time is over are dead; returns what to tell. */
  advance(nowNs: number): SwimMessage[] {
    const told: SwimMessage[] = [];
    for (const [about, { suspicion, incarnation }] of this.#known) {
      if (suspicion === undefined || nowNs < suspicion.deadlineNs) continue;
      told.push(...this.receive({ kind: 'dead', about, incarnation, from: this.#self }, nowNs));
    }
    return told;
  }

  dueNs(): number {
    let dueNs = Infinity;
    for (const { suspicion } of this.#known.values()) {
      if (suspicion !== undefined) dueNs = Math.min(dueNs, suspicion.deadlineNs);
    }
    return dueNs;
  }

  /** Who is accused says so with a higher incarnation, and trusts itself less. */
  #refute({ kind, incarnation }: SwimMessage): SwimMessage[] {
    if (kind === 'alive' || incarnation < this.#incarnation) return [];
    this.#incarnation = incarnation + 1;
    this.awareness.applyDelta(1);
    const self = this.#self;
    return [{ kind: 'alive', about: self, incarnation: this.#incarnation, from: self }];
  }

  #hearAlive(message: SwimMessage): SwimMessage[] {
    const known = this.#known.get(message.about);
    if (known !== undefined && message.incarnation <= known.incarnation) return [];
    this.#known.set(message.about, {
      standing: 'alive',
      incarnation: message.incarnation,
      suspicion: undefined,
    });
    return [message];
  }

  #hearDead(known: Known, message: SwimMessage): SwimMessage[] {
    known.standing = 'dead';
    known.incarnation = message.incarnation;
    known.suspicion = undefined;
    return [message];
  }

  #hearSuspect(known: Known, message: SwimMessage, nowNs: number): SwimMessage[] {
    if (known.suspicion !== undefined) {
      return known.suspicion.confirm(message.from) ? [message] : [];
    }
    known.standing = 'suspect';
    known.incarnation = message.incarnation;
    known.suspicion = new Suspicion(message.from, nowNs, this.#suspicionTimeout());
    return [message];
  }

  #suspicionTimeout() {
    const { suspicionFactor, suspicionMostFactor, probeIntervalNs } = this.#settings;
    const groupSize = 1 + [...this.#known.values()].filter((k) => k.standing !== 'dead').length;
    const leastNs = suspicionTimeoutNs(suspicionFactor, groupSize, probeIntervalNs);
    // Neither the accuser nor the accused can confirm; a small group cannot give as many.
    const wanted = suspicionFactor - 2;
    const expected = groupSize - 2 < wanted ? 0 : wanted;
    return { leastNs, mostNs: suspicionMostFactor * leastNs, expected };
  }

  #isLive(member: number): boolean {
    const standing = this.#known.get(member)?.standing;
    return standing === 'alive' || standing === 'suspect';
  }

  #shuffled(members: number[]): number[] {
    for (let i = members.length - 1; i > 0; i--) {
      const j = Math.floor(this.#random() * (i + 1));
      [members[i], members[j]] = [members[j]!, members[i]!];
    }
    return members;
  }
}
