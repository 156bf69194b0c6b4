import type { Timers } from '../../balancer/index.ts';
import { assert } from './assert.ts';

export interface PopStandingOptions {
  readonly popCount: number;
  /** Whether the POP is to serve at all from the start: it announces something. */
  readonly startsInService: (pop: number) => boolean;
  readonly timers: Timers;
  /** How long the authority's health checks take to notice a death or a return, ns. */
  readonly failoverNs: () => number;
  /** An oracle knows at once. */
  readonly isOracle: boolean;
  /** Some POP became usable, or unusable, in the eyes of whoever answers. */
  readonly onChange: () => void;
}

/**
 * What is true of each POP, and what those who give out addresses believe of it. A POP is usable
 * if it is in service (the operator's word, known at once) and believed well (health checks).
 */
export class PopStanding {
  private readonly options: PopStandingOptions;
  private readonly powered: Uint8Array;
  private readonly healthy: Uint8Array;
  private readonly inService: Uint8Array;
  private readonly believedWell: Uint8Array;

  constructor(options: PopStandingOptions) {
    this.options = options;
    this.powered = new Uint8Array(options.popCount).fill(1);
    this.healthy = new Uint8Array(options.popCount).fill(1);
    this.inService = new Uint8Array(options.popCount).map((_, pop) =>
      options.startsInService(pop) ? 1 : 0,
    );
    this.believedWell = new Uint8Array(options.popCount).fill(1);
  }

  /** Has power and answers without errors. */
  isWell(pop: number): boolean {
    return this.powered[pop] === 1 && this.healthy[pop] === 1;
  }

  /** Would serve whoever came: well, and in service. */
  canServe(pop: number): boolean {
    return this.inService[pop] === 1 && this.isWell(pop);
  }

  isUsable(pop: number): boolean {
    return this.inService[pop] === 1 && this.believedWell[pop] === 1;
  }

  setPowered(pop: number, isPowered: boolean): void {
    assert(pop >= 0 && pop < this.options.popCount, `there is no POP ${pop}`);
    this.powered[pop] = isPowered ? 1 : 0;
    this.noticeLater(pop);
  }

  setHealthy(pop: number, isHealthy: boolean): void {
    assert(pop >= 0 && pop < this.options.popCount, `there is no POP ${pop}`);
    this.healthy[pop] = isHealthy ? 1 : 0;
    this.noticeLater(pop);
  }

  setInService(pop: number, isInService: boolean): void {
    this.inService[pop] = isInService ? 1 : 0;
    this.options.onChange();
  }

  /** Believes what is true of the POP now. */
  notice(pop: number): void {
    const isWell = this.isWell(pop) ? 1 : 0;
    if (this.believedWell[pop] === isWell) return;
    this.believedWell[pop] = isWell;
    this.options.onChange();
  }

  private noticeLater(pop: number): void {
    const { isOracle, timers, failoverNs } = this.options;
    if (isOracle) this.notice(pop);
    else timers.after(failoverNs(), () => this.notice(pop));
  }
}
