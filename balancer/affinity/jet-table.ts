import type { Balancer } from '../balancer.ts';
import type { Policy } from '../policy.ts';
import { ConnectionTable, type IsTracked } from './connection-table.ts';
import { MemberTable } from './member-table.ts';

/**
 * JET, "just enough tracking" (Mendelson et al., CoNEXT 2020): a balancer remembers only flows that
 * would go elsewhere if those joined who are known to be able to: the horizon, here every member of
 * the pool that may not be picked now. With n backends at work and h in the horizon that is
 * h ÷ (n + h) of the flows, in place of all of them.
 *
 * Whoever joins from the horizon breaks nothing, under a policy that moves no key without need
 * (rendezvous, rings); Maglev moves some others, which are not remembered. Nor are most flows of a
 * backend that leaves or drains: JET takes it to be gone, and them to be lost.
 */
export class JetTable extends ConnectionTable {
  /** `full` is one more instance of the balancer's policy. */
  constructor(balancer: Balancer, full: Policy, size: number, expiryNs: number) {
    const withHorizon = new MemberTable(balancer.pool, full);
    const isTracked: IsTracked = (keyHash, picked) => withHorizon.named(keyHash, 0) !== picked;
    super(balancer, size, expiryNs, isTracked);
  }
}
