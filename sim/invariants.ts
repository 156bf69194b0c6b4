import { Tier } from './pop/fetches.ts';
import { isFetch, NO_OWNER, ownerIndex, ownerOfFetch, ownerOfRequest } from './pop/owners.ts';
import type { Stations } from './pop/stations.ts';
import { VisitState } from './pop/visits.ts';
import type { RequestEndings } from './request-endings.ts';
import { NONE } from './requests.ts';
import type { Tables } from './tables.ts';

interface StationLimits {
  readonly name: string;
  readonly concurrency: number;
  readonly queueLimit: number;
  readonly isSharing: boolean;
}

/**
 * What must hold between any two events, whatever the world: nothing is lost or counted twice
 * between requests, visits, fetches, waiting lists and balancers; stations keep their limits and
 * never let anybody wait beside a free slot; caches hold no more than they can.
 *
 * Checked at the end of every run, and after every event with `paranoid`. A breach is a bug of the
 * simulator: it throws, and names time, entity and the last events.
 */
export class Invariants {
  private readonly tables: Tables;
  private readonly endings: RequestEndings;
  private readonly serverLimits: readonly StationLimits[];
  private readonly originLimits: readonly StationLimits[];

  constructor(tables: Tables, endings: RequestEndings) {
    const { world } = tables;
    this.tables = tables;
    this.endings = endings;
    this.serverLimits = world.pops.flatMap(({ name, servers, queueLimit, discipline }) =>
      servers.map((server) => ({
        name: `server ${name}/${server.name}`,
        concurrency: server.concurrency,
        queueLimit,
        isSharing: discipline === 'ps',
      })),
    );
    this.originLimits = world.origins.flatMap(({ name, serverCount, concurrency, queueLimit }) =>
      Array.from({ length: serverCount }, (_, server) => ({
        name: `origin ${name}/${server}`,
        concurrency,
        queueLimit,
        isSharing: false,
      })),
    );
  }

  check(): void {
    const { stations, origins } = this.tables;
    this.#checkStations(stations, this.serverLimits);
    this.#checkStations(origins.stations, this.originLimits);
    this.#checkRequests();
    this.#checkFetches();
    this.#checkBalancers();
    this.#checkCaches();
  }

  #checkStations(stations: Stations, limits: readonly StationLimits[]): void {
    let insideCount = 0;
    limits.forEach(({ name, concurrency, queueLimit, isSharing }, server) => {
      const waiting = stations.waitingCount(server);
      const busy = stations.insideCount(server) - waiting;
      insideCount += busy + waiting;
      if (waiting < 0 || busy < 0) this.#fail(name, `${waiting} waiting, ${busy} busy`);
      if (waiting > queueLimit) this.#fail(name, `${waiting} waiting, room for ${queueLimit}`);
      const isOver = !isSharing && busy > concurrency;
      if (isOver) this.#fail(name, `${busy} busy of ${concurrency} slots`);
      if (waiting > 0 && busy < concurrency) this.#fail(name, 'somebody waits by a free slot');
    });
    const { state, capacity } = stations.visits;
    let visitCount = 0;
    for (let visit = 0; visit < capacity; visit++) {
      if (state[visit] === VisitState.Waiting || state[visit] === VisitState.Serving) visitCount++;
    }
    if (visitCount === insideCount) return;
    this.#fail('stations', `${visitCount} visits, ${insideCount} inside`);
  }

  /** Each request is in flight or has ended, once; whatever it holds knows it. */
  #checkRequests(): void {
    const { requests, stations, fetches } = this.tables;
    const { endedCount, measuredInFlightCount } = this.endings;
    const { createdCount, inFlightCount } = requests;
    if (createdCount !== endedCount + inFlightCount) {
      const counts = `${createdCount} created, ${endedCount} ended, ${inFlightCount} in flight`;
      this.#fail('requests', counts);
    }
    const isWithin = measuredInFlightCount >= 0 && measuredInFlightCount <= inFlightCount;
    if (!isWithin) this.#fail('requests', `${measuredInFlightCount} measured in flight`);
    for (let request = 0; request < requests.capacity; request++) {
      const visit = requests.visit[request]!;
      const owner = ownerOfRequest(request);
      const isKnown = visit === NONE || stations.visits.owner[visit] === owner;
      if (!isKnown) this.#fail(`request ${request}`, 'its visit is not its own');
      const fetch = requests.fetch[request]!;
      const isUnderWay = fetch === NONE || fetches.server[fetch] !== NONE;
      if (!isUnderWay) this.#fail(`request ${request}`, 'it waits for a fetch that is over');
    }
  }

  #checkFetches(): void {
    const { fetches, origins } = this.tables;
    let inFlightCount = 0;
    for (let fetch = 0; fetch < fetches.capacity; fetch++) {
      if (fetches.server[fetch] === NONE) continue;
      inFlightCount++;
      this.#checkWaiters(fetch);
    }
    if (inFlightCount !== fetches.inFlightCount) {
      this.#fail('fetches', `${inFlightCount} slots, ${fetches.inFlightCount} in flight`);
    }
    origins.names.forEach((name, origin) => {
      const atOrigin = origins.inFlightCount[origin]!;
      const isWithin = atOrigin >= 0 && atOrigin <= inFlightCount;
      if (!isWithin) this.#fail(`origin ${name}`, `${atOrigin} fetches of ${inFlightCount}`);
    });
  }

  #checkWaiters(fetch: number): void {
    const { fetches, requests } = this.tables;
    let waiter = fetches.firstWaiter[fetch]!;
    for (let count = 0; waiter !== NO_OWNER; count++) {
      const index = ownerIndex(waiter);
      const table = isFetch(waiter) ? fetches.awaits : requests.fetch;
      const isTrue = table[index] === fetch && count <= requests.capacity + fetches.capacity;
      if (!isTrue) this.#fail(`fetch ${fetch}`, `waiter ${waiter} does not wait for it`);
      waiter = (isFetch(waiter) ? fetches.nextWaiter : requests.nextWaiter)[index]!;
    }
  }

  /** What balancers count as in flight is what requests and fetches say. */
  #checkBalancers(): void {
    const { pops, requests, fetches, stations } = this.tables;
    const counts = new Int32Array(pops.balancers.length);
    for (let request = 0; request < requests.capacity; request++) {
      const balancer = requests.balancer[request]!;
      if (balancer !== NONE && requests.pop[request] !== NONE) counts[balancer]!++;
    }
    for (let fetch = 0; fetch < fetches.capacity; fetch++) {
      if (fetches.server[fetch] === NONE) continue;
      const balancer = fetches.balancer[fetch]!;
      if (balancer !== NONE) counts[balancer]!++;
      const visit = fetches.visit[fetch]!;
      if (visit === NONE || balancer === NONE) continue;
      const isKnown = stations.visits.owner[visit] === ownerOfFetch(fetch);
      if (!isKnown) this.#fail(`fetch ${fetch}`, 'its visit is not its own');
    }
    pops.balancers.forEach(({ pool }, balancer) => {
      const [said, is] = [pool.inFlightTotal, counts[balancer]!];
      if (said === is) return;
      this.#fail(`balancer ${balancer}`, `counts ${said} in flight, not ${is}`);
    });
  }

  #checkCaches(): void {
    const { caches, pops, world } = this.tables;
    for (const tier of [Tier.Edge, Tier.Shield]) {
      const spec = (tier === Tier.Edge ? world.cache?.edge : world.cache?.shield) ?? null;
      if (spec === null) continue;
      pops.serverNames.forEach((name, server) => {
        const cache = caches.cache(tier, server);
        if (cache === undefined) return;
        const { bytes, objectCount } = cache;
        const fits = bytes <= spec.capacityBytes && objectCount <= spec.capacityObjects;
        if (!fits) this.#fail(`cache of ${name}`, `${bytes} bytes, ${objectCount} objects`);
      });
    }
  }

  #fail(entity: string, what: string): never {
    const { nowNs, recent } = this.tables.kernel;
    throw new Error(
      `invariant broken at ${nowNs / 1e6} ms: ${entity}: ${what}\n` +
        `last events, oldest first:\n${recent.describe()}`,
    );
  }
}
