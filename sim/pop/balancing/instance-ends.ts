import type { BackendIndex, DispatchEnds } from '../../../balancer/index.ts';
import type { RequestIndex } from '../../requests.ts';
import type { Tables } from '../../tables.ts';
import { Condition } from '../pops.ts';
import type { RequestEnds } from './request-dispatch.ts';

/** What the dispatcher of one balancer instance has done: in the terms of the world. */
export class InstanceEnds implements DispatchEnds {
  private readonly tables: Tables;
  private readonly ends: RequestEnds;
  private readonly balancer: number;
  private readonly pop: number;
  private readonly firstServer: number;

  /** `balancer` counts over all instances. */
  constructor(tables: Tables, ends: RequestEnds, balancer: number) {
    this.tables = tables;
    this.ends = ends;
    this.balancer = balancer;
    this.pop = tables.pops.popOfBalancer(balancer);
    this.firstServer = tables.pops.firstServer(this.pop);
  }

  send(request: number, backend: BackendIndex): void {
    this.ends.send(request as RequestIndex, this.balancer, this.firstServer + backend);
  }

  refused(request: number): void {
    this.tables.observers.balancerRefused(this.pop, this.tables.kernel.nowNs);
    this.ends.failed(request as RequestIndex, '503');
  }

  gaveUp(request: number): void {
    this.ends.gaveUp(request as RequestIndex);
  }

  retrying(): void {
    this.tables.observers.balancerRetried(this.pop, this.tables.kernel.nowNs);
  }

  waited(request: number, waitedNs: number): void {
    this.tables.requests.queueWaitNs[request]! += waitedNs;
  }

  isDown(): boolean {
    return this.tables.pops.condition[this.pop] === Condition.Dark;
  }

  lost(request: number): void {
    this.ends.unanswered(request as RequestIndex);
  }
}
