/** What the benchmarks use of npm packages that have no types. */
declare module 'hashring' {
  export default class HashRing {
    constructor(servers: readonly string[]);
    get(key: string): string;
  }
}

declare module 'consistent-hash' {
  export default class ConsistentHash {
    add(node: string): void;
    get(key: string): string;
  }
}

declare module 'skeleton-rendezvous' {
  export default class SkeletonRendezvousHasher {
    constructor(options: object);
    addSites(sites: readonly string[]): void;
    findSite(key: string): string;
  }
}
