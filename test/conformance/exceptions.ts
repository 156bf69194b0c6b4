import type { PolicyExceptions } from './policy.ts';

/** Of hashes to numbered buckets without memory. */
const LAST_LEAVES: PolicyExceptions = {
  ignoresWeights: 'buckets are equal',
  excessMoves: { bound: 0.9, reason: 'only the last bucket can leave; those behind renumber' },
};

/** Where a built-in policy promises less than the suite asks. */
export const EXCEPTIONS: Readonly<Record<string, PolicyExceptions>> = {
  'round-robin': { ignoresWeights: 'plain turns; weighted-round-robin heeds weights' },
  'wrr-utilisation-grpc': { ignoresWeights: 'lives on reports; plain turns without them' },
  'least-request-envoy': {
    shareBound: {
      bound: 0.15,
      reason: 'weight ÷ (in flight + 1) pulls shares towards √weight: 5 of 12 to 2.2 of 7.4',
    },
  },
  'join-idle-queue': { ignoresWeights: 'idle backends are equal; weights count when none is idle' },
  prequal: { ignoresWeights: 'the paper has none' },
  c3: {
    ignoresWeights: 'the paper has none',
    shareBound: { bound: 0.03, reason: 'its estimates of service times differ a little' },
  },
  'hash-haproxy': {
    excessMoves: {
      bound: 0.95,
      reason: 'modulo of another number: 8 of 9 keys of the others move',
    },
  },
  'hash-nginx': {
    renumbersWhenLeft: 'who is down keeps its place in the modulus, who is taken out does not',
  },
  'ip-hash-nginx': {
    shareBound: { bound: 0.01, reason: '6271 values of the hash: up to one more for the first' },
    renumbersWhenLeft: 'who is down keeps its place in the modulus, who is taken out does not',
  },
  'peak-ewma': {
    shareBound: {
      bound: 0.03,
      reason: '(in flight + 1) ÷ weight favours heavier backends while few are in flight',
    },
  },
  'ring-hash': {
    shareBound: {
      bound: 0.03,
      reason: 'shares of a ring are random: s.e. √(w(1 − w) ÷ 1032) = 1.5 % at w = 5/12',
    },
    excessMoves: {
      bound: 0.12,
      reason: 'ten backends have 103 points each, nine have 114: 11 of 114 new points a backend',
    },
  },
  'ring-haproxy': {
    shareBound: { bound: 0.1, reason: '192 points in all: s.e. 3.6 % at w = 5/12' },
  },
  'ring-nginx': {
    shareBound: { bound: 0.03, reason: '1920 points: s.e. 1.1 % at w = 5/12' },
  },
  'ring-varnish': {
    shareBound: { bound: 0.04, reason: '804 points: s.e. 1.7 % at w = 5/12' },
  },
  ketama: {
    shareBound: { bound: 0.04, reason: '800 points: s.e. 1.7 % at w = 5/12' },
  },
  'ketama-libmemcached': {
    shareBound: { bound: 0.04, reason: '800 points: s.e. 1.7 % at w = 5/12' },
  },
  'ketama-spymemcached': {
    ignoresWeights: '160 points for every backend, as the original',
    shareBound: { bound: 0.04, reason: '800 points: s.e. 1.4 % at w = 1/5' },
  },
  'rendezvous-envoy': {
    shareBound: { bound: 0.012, reason: 'its fast logarithm errs by up to 1 %' },
  },
  glb: {
    options: { rows: 8192 },
    ignoresWeights: 'rows know no weights',
    shareBound: { bound: 0.02, reason: '8192 rows: s.e. √(0.16 ÷ 8192) = 0.4 %' },
  },
  'jump-hash': LAST_LEAVES,
  'jump-back-hash': LAST_LEAVES,
  'binomial-hash': LAST_LEAVES,
  'power-hash': LAST_LEAVES,
  'flip-hash': LAST_LEAVES,
  'anchor-hash': { ignoresWeights: 'buckets are equal' },
  'dx-hash': { ignoresWeights: 'buckets are equal' },
  'memento-hash': { ignoresWeights: 'buckets are equal' },
  'multi-probe': {
    ignoresWeights: 'one point a backend',
    shareBound: {
      bound: 0.17,
      reason: 'only the peak is bounded: a point close behind another gets little',
    },
  },
  'maglev-paper': {
    ignoresWeights: 'the paper fills in plain turns',
    excessMoves: { bound: 0.01, reason: 'NSDI 2016 §3.4: removal disturbs the turns of others' },
  },
  'maglev-katran-v1': {
    ignoresWeights: 'weights count in the first turn only, by design of the original',
    excessMoves: { bound: 0.01, reason: 'measured on the original: 120 of 65537 slots' },
  },
  'maglev-katran-v2': {
    excessMoves: { bound: 0.01, reason: 'measured on the original: 120 of 65537 slots' },
  },
  maglev: {
    excessMoves: { bound: 0.01, reason: 'NSDI 2016 §3.4: removal disturbs the turns of others' },
  },
};
