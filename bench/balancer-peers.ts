import { performance } from 'node:perf_hooks';
import ConsistentHash from 'consistent-hash';
import HashRing from 'hashring';
import { jump } from 'jump-gouache';
import { P2cBalancer, RandomBalancer } from 'load-balancers';
import SkeletonRendezvousHasher from 'skeleton-rendezvous';
import { KEY_MASK, KEYS, type Contestant } from './balancer-contestants.ts';

/** npm packages that do what a policy of ours does; each with keys as it wants them. */
export function peerContestants(n: number): Contestant[] {
  const ids = Array.from({ length: n }, (_, i) => `backend-${i}`);
  return [
    peer('npm hashring (ketama)', () => {
      const ring = new HashRing(ids);
      return (i) => ring.get(TEXTS[i]!).length;
    }),
    peer('npm consistent-hash (ring)', () => {
      const ring = new ConsistentHash();
      for (const id of ids) ring.add(id);
      return (i) => ring.get(TEXTS[i]!).length;
    }),
    peer('npm skeleton-rendezvous', () => {
      const hasher = new SkeletonRendezvousHasher({});
      hasher.addSites(ids);
      return (i) => hasher.findSite(TEXTS[i]!).length;
    }),
    peer('npm jump-gouache (jump)', () => (i) => jump(KEYS[i]!, n)),
    peer('npm load-balancers P2C', () => {
      const balancer = new P2cBalancer(n);
      return () => balancer.pick();
    }),
    peer('npm load-balancers random', () => {
      const balancer = new RandomBalancer(n);
      return () => balancer.pick();
    }),
  ];
}

/** Where a package hashes texts itself. */
const TEXTS = Array.from(KEYS, String);

function peer(name: string, build: () => (key: number) => number): Contestant {
  const startMs = performance.now();
  const pickOne = build();
  pickOne(0);
  const coldBuildMs = performance.now() - startMs;
  const againMs = performance.now();
  build()(0);
  return {
    name,
    coldBuildMs,
    warmBuildMs: performance.now() - againMs,
    perSecond: [],
    pick: (from, count) => {
      let sum = 0;
      for (let i = from; i < from + count; i++) sum += pickOne(i & KEY_MASK);
      return sum;
    },
  };
}
