import type { PolicyNotes } from './policy-notes.ts';

const MAGLEV = {
  family: 'tables',
  pick: 'O(1)',
  memory: '4 bytes a slot: 256 KiB by default',
  build: 'O(table_size · ln table_size) expected',
} as const;

/** A table of owners, indexed by the key. */
export const tableNotes: Readonly<Record<string, PolicyNotes>> = {
  maglev: {
    ...MAGLEV,
    source: 'Eisenbud et al., NSDI 2016, §3.4; Envoy, maglev_lb.cc (MAGLEV, XXH64)',
    heedsWeights: true,
    use: 'Connections and caches with even shares: within 1 % at 100 slots a backend.',
    avoid:
      'A change moves two to seven times the keys that it must; each change rebuilds the table.',
  },
  'maglev-paper': {
    ...MAGLEV,
    source: 'Eisenbud et al., NSDI 2016, §3.4, with go-maglev’s hashes (SipHash-2-4)',
    heedsWeights: false,
    use: 'To reproduce the paper, or go-maglev.',
    avoid: 'It knows no weights: maglev does.',
  },
  'maglev-katran-v1': {
    ...MAGLEV,
    source: 'Katran, MaglevHash.cpp (MurmurHash3)',
    heedsWeights: false,
    use: 'To find what Katran’s first table does: a weight is that many slots in the first turn.',
    avoid: 'When weights add up to more than the table, the last backends get nothing.',
  },
  'maglev-katran-v2': {
    ...MAGLEV,
    source: 'Katran, MaglevHashV2.cpp (MurmurHash3)',
    heedsWeights: true,
    use: 'To find what Katran’s present table does: shares follow weights of any scale.',
    avoid: 'Changing one weight of a hundred moves about seven times what the first table moved.',
  },
  glb: {
    family: 'tables',
    source: 'GitHub, glb-director (GLB, 2018)',
    pick: 'O(1)',
    memory: '8 bytes a row: 512 KiB by default',
    build: 'none; a row costs n SipHashes when it is first asked for',
    heedsWeights: false,
    use: 'Layer 4 without state: the second chance keeps connections through a drain.',
    avoid: 'At most one backend may be away at a time; made for up to 256 backends.',
  },
  'hash-nginx': {
    family: 'tables',
    source: 'nginx 1.22, ngx_http_upstream_hash_module.c (hash); Cache::Memcached',
    pick: 'O(n) for the place of the remainder',
    memory: 'none',
    build: 'O(n)',
    heedsWeights: true,
    use: 'To find where nginx sends a key without `consistent`.',
    avoid: 'A change of membership moves nearly all keys.',
  },
  'ip-hash-nginx': {
    family: 'tables',
    source: 'nginx 1.22, ngx_http_upstream_ip_hash_module.c (ip_hash)',
    pick: 'O(n) for the place of the remainder',
    memory: 'none',
    build: 'O(n)',
    heedsWeights: true,
    use: 'To find where nginx sends a client; keys are addresses, and a /24 is one client.',
    avoid: 'A change of membership moves most clients; big networks behind one address are one.',
  },
  'hash-haproxy': {
    family: 'tables',
    source: 'HAProxy 2.6, lb_map.c (hash-type map-based)',
    pick: 'O(1)',
    memory: '4 bytes a unit of reduced weight',
    build: 'O(Σ weight)',
    heedsWeights: true,
    use: 'To find where HAProxy sends a key with its default hash-type.',
    avoid: 'A change of membership or weight moves nearly all keys.',
  },
};
