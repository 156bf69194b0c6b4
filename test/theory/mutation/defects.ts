/** A mistake that somebody might make, as a change of one place in one file. */
export interface Defect {
  readonly what: string;
  readonly file: string;
  /** Must occur exactly once. */
  readonly from: string;
  readonly to: string;
  /** Cases of the gate that should notice. */
  readonly cases: readonly string[];
}

/** Twenty of them, over everything that the gate claims to verify. */
export const DEFECTS: readonly Defect[] = [
  {
    what: 'the queue takes one request more than its limit',
    file: 'sim/pop/stations.ts',
    from: 'if (inside >= concurrency + this.queueLimitByServer[server]!) return NO_VISIT;',
    to: 'if (inside > concurrency + this.queueLimitByServer[server]!) return NO_VISIT;',
    cases: ['mm1k-l0.8-K5', 'mmck-l3.5-c4-K8'],
  },
  {
    what: 'service takes 1 % longer',
    file: 'sim/pop/stations.ts',
    from: 'const endNs = this.kernel.nowNs + whole(visits.workNs[visit]! /',
    to: 'const endNs = this.kernel.nowNs + whole((1.01 * visits.workNs[visit]!) /',
    cases: ['mm1-rho0.8', 'mmc-l8-c10'],
  },
  {
    what: 'edge and shield draw their service times from one stream',
    file: 'sim/fetch-lifecycle.ts',
    from: "purposeKey('shield-service')",
    to: "purposeKey('service-at-pop')",
    cases: ['jackson+edge-shield-origin'],
  },
  {
    what: 'last come, first served',
    file: 'sim/pop/stations.ts',
    from: `    if (tail === NO_VISIT) this.queueHead[server] = visit;
    else this.visits.next[tail] = visit;
    this.queueTail[server] = visit;`,
    to: `    this.visits.next[visit] = tail === NO_VISIT ? NO_VISIT : this.queueHead[server]!;
    this.queueHead[server] = visit;
    if (tail === NO_VISIT) this.queueTail[server] = visit;`,
    cases: ['mm1-rho0.8'],
  },
  {
    what: '1 % of the random picks go to the first server',
    file: 'balancer/policies/random.ts',
    from: 'return this.#table.draw(this.#random);',
    to: 'return this.#random() < 0.01 ? (0 as BackendIndex) : this.#table.draw(this.#random);',
    cases: ['random-split-n10-rho0.8', 'het-weighted-random'],
  },
  {
    what: '1 % of the requests are lost before anybody counts them',
    file: 'sim/request-lifecycle.ts',
    from: 'if (arrivals.arrive(process, generation)) this.#arrived(process);',
    to: `if (arrivals.arrive(process, generation) && kernel.nowNs % 100 !== 0) {
        this.#arrived(process);
      }`,
    cases: ['mm1-rho0.8'],
  },
  {
    what: 'the warm-up is not cut',
    file: 'scenarios/build.ts',
    from: 'cutNs: hasEvents ? 0 : givenNs',
    to: 'cutNs: 0',
    cases: ['che-N10000-C500-a0.9', 'erlangb-A950-N1000', 'pod-d2-l0.9'],
  },
  {
    what: 'requests of the warm-up are measured, but not its time',
    file: 'sim/requests.ts',
    from: 'return arrivedNs >= this.measuredFromNs && arrivedNs < this.measuredUntilNs;',
    to: 'return arrivedNs >= this.measuredFromNs / 2 && arrivedNs < this.measuredUntilNs;',
    cases: ['mmc-l90-c100', 'rr-n50-rho0.5'],
  },
  {
    what: 'least-request breaks ties by index',
    file: 'balancer/policies/least-request.ts',
    from: 'return this.#drawTied(pool, best, tiedWeight);',
    to: 'return best;',
    cases: ['jsq-N2-rho0.5'],
  },
  {
    what: 'processor sharing: one job alone gets all processors',
    file: 'sim/pop/stations.ts',
    from: 'return (share < 1 ? share : 1) * this.speedByServer[server]!;',
    to: 'return share * this.speedByServer[server]!;',
    cases: ['mmc-l1.6-c2+ps'],
  },
  {
    what: 'utilisation is over the whole run, the warm-up included',
    file: 'sim/pop/station-gauges.ts',
    from: 'return this.concurrencyByServer[server]! * (this.#untilNs - this.fromNs);',
    to: 'return this.concurrencyByServer[server]! * this.#untilNs;',
    cases: ['mm1-rho0.8', 'mmc-l8-c10'],
  },
  {
    what: 'the exponential law lacks its upper 0.2 %',
    file: 'sim/kernel/distributions.ts',
    from: 'return (u) => -spec.mean * log(1 - u);',
    to: 'return (u) => -spec.mean * log(1 - 0.998 * u);',
    cases: ['mm1-rho0.8', 'mmc-l8-c10'],
  },
  {
    what: 'LRU does not move what it finds to the head: FIFO',
    file: 'sim/pop/eviction/lru.ts',
    from: 'if (slot !== this.#head) {',
    to: 'if (slot === NONE) {',
    cases: ['lru-exact-N10-C4-a1.2'],
  },
  {
    what: 'a hit prolongs the lifetime by 1 %',
    file: 'sim/pop/eviction/lru.ts',
    from: 'return nowNs < this.doubles[slot * DOUBLES + EXPIRES]! ? Found.Fresh : Found.Stale;',
    to: `const expiresNs = this.doubles[slot * DOUBLES + EXPIRES]!;
    if (nowNs >= expiresNs) return Found.Stale;
    this.doubles[slot * DOUBLES + EXPIRES] = expiresNs + 0.01 * (expiresNs - nowNs);
    return Found.Fresh;`,
    cases: ['ttl-l1-T60'],
  },
  {
    what: 'requests that miss together are not collapsed',
    file: 'sim/pop/caches.ts',
    from: 'return this.tiers[tier]?.collapseRequests ?? false;',
    to: 'return this.tiers[tier] === undefined;',
    cases: ['collapse-l100-T1-D0.5'],
  },
  {
    what: 'clients have endless patience',
    file: 'sim/request-endings.ts',
    from: 'if (this.patience === null) return;',
    to: 'if (this.patience !== undefined) return;',
    cases: ['erlanga-l1.2-c1-th0.5'],
  },
  {
    what: 'a server works for those who have left its queue',
    file: 'sim/pop/stations.ts',
    from: 'if (visits.state[visit] !== VisitState.Waiting) return;',
    to: 'if (visit >= 0) return;',
    cases: ['erlanga-l1.2-c1-th0.5'],
  },
  {
    what: 'who leaves the queue has not waited',
    file: 'sim/request-endings.ts',
    from: 'if (visit !== NO_VISIT && stations.isWaiting(visit)) {',
    to: 'if (visit === undefined && stations.isWaiting(visit)) {',
    cases: ['erlanga-l1.2-c1-th0.5'],
  },
  {
    what: 'round robin: the last server is left out of the turn',
    file: 'balancer/policies/round-robin.ts',
    from: 'if (this.#next >= pool.eligibleCount) this.#next = 0;',
    to: 'if (this.#next >= Math.max(1, pool.eligibleCount - 1)) this.#next = 0;',
    cases: ['rr-n10-rho0.5'],
  },
  {
    what: 'two choices draws with replacement',
    file: 'balancer/policies/two-choices.ts',
    from: 'replacement: z.boolean().default(false)',
    to: 'replacement: z.boolean().default(true)',
    cases: ['sq2-N3-rho0.5'],
  },
];
