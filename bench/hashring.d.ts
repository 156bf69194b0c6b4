/** What the benchmarks use of npm's `hashring`, which has no types. */
declare module 'hashring' {
  export default class HashRing {
    constructor(servers: readonly string[]);
    get(key: string): string;
  }
}
