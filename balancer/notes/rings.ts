import type { PolicyNotes } from './policy-notes.ts';

const RING = { family: 'rings', pick: 'O(1) expected' } as const;
const SMALL_POINTS = '12 bytes a point';

/** Points on a circle; a key goes to the point that follows it. */
export const ringNotes: Readonly<Record<string, PolicyNotes>> = {
  'ring-hash': {
    ...RING,
    source: 'Karger et al. 1997; Envoy, ring_hash_lb.cc (RING_HASH, XXH64)',
    memory: '16 bytes a point',
    build: 'O(points · log points)',
    heedsWeights: true,
    use: 'Caches: a key stays where it is, and weights of any kind work.',
    avoid: 'Shares vary by 1 ÷ √points; with min_ring_size a change moves keys of others too.',
  },
  'ring-haproxy': {
    ...RING,
    source: 'HAProxy 2.6, lb_chash.c (hash-type consistent)',
    memory: SMALL_POINTS,
    build: 'O(points · log points)',
    heedsWeights: true,
    use: 'To find where HAProxy sends a key; servers are numbered in the order given.',
    avoid: 'Only 16 points per unit of weight: give weights of 10 to 20 at least for even shares.',
  },
  'ring-nginx': {
    ...RING,
    source: 'nginx 1.22, ngx_http_upstream_hash_module.c (hash … consistent); Pingora',
    memory: SMALL_POINTS,
    build: 'O(points · log points)',
    heedsWeights: true,
    use: 'To find where nginx or Pingora sends a key; name backends host:port.',
    avoid: 'CRC-32 of like names is less even than a mixing hash; a weight of 1 has 160 points.',
  },
  'ring-varnish': {
    ...RING,
    source: 'Varnish 7.1, vmod_directors_shard (SHA-256)',
    memory: SMALL_POINTS,
    build: 'O(points · log points), SHA-256 a point',
    heedsWeights: true,
    use: 'Caches behind caches: warmup and rampup hand a returning backend its keys gradually.',
    avoid: 'Warm-up sends some keys to two backends on purpose, so each object is stored twice.',
  },
  ketama: {
    ...RING,
    source: 'libketama (Richard Jones, 2007; RJ/ketama)',
    memory: SMALL_POINTS,
    build: 'O(points · log points), MD5 per four points',
    heedsWeights: true,
    use: 'To agree with clients of memcached that use libketama.',
    avoid: 'Adding a backend whose weight is not the mean changes everybody’s number of points.',
  },
  'ketama-libmemcached': {
    ...RING,
    source: 'libmemcached 1.1.4 (MEMCACHED_BEHAVIOR_KETAMA_WEIGHTED)',
    memory: SMALL_POINTS,
    build: 'O(points · log points), MD5 per four points',
    heedsWeights: true,
    use: 'To agree with clients on libmemcached (PHP memcached, pylibmc).',
    avoid: 'Labels leave out port 11211: name backends as that client does.',
  },
  'ketama-spymemcached': {
    ...RING,
    source: 'spymemcached, KetamaNodeLocator',
    memory: SMALL_POINTS,
    build: 'O(points · log points), MD5 per four points',
    heedsWeights: false,
    use: 'To agree with Java clients on spymemcached.',
    avoid: 'With or without leading_slash most keys differ: find out which your client has.',
  },
  'multi-probe': {
    family: 'rings',
    source: 'Appleton & O’Reilly 2015 (arXiv 1505.00062), go-mpchash',
    pick: 'O(probes)',
    memory: '16 bytes a backend',
    build: 'O(n log n)',
    heedsWeights: false,
    use: 'Many backends and little memory: one point each, a peak of 1.05 times the mean.',
    avoid: 'Only the peak is bounded: a backend close behind another gets little.',
  },
};
