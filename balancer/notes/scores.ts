import type { PolicyNotes } from './policy-notes.ts';

const NUMBERED = {
  family: 'buckets',
  build: 'none',
  memory: 'none',
  heedsWeights: false,
} as const;

/** Policies that score every backend, and hashes to numbered buckets. */
export const scoreNotes: Readonly<Record<string, PolicyNotes>> = {
  rendezvous: {
    family: 'scores',
    source: 'Thaler & Ravishankar 1998; logarithmic weights: Schindelhauer & Schomaker 2005',
    pick: 'O(n)',
    memory: '16 bytes a backend',
    build: 'O(n)',
    heedsWeights: true,
    use: 'Few backends: exact weights, and any change, of weights too, moves the least possible.',
    avoid: 'Hundreds of backends: each pick scores all of them.',
  },
  'rendezvous-envoy': {
    family: 'scores',
    source: 'Envoy, rendezvous_hash (5732d39; XXH64, xorshift*, fastLog2)',
    pick: 'O(n)',
    memory: '20 bytes a backend',
    build: 'O(n)',
    heedsWeights: true,
    use: 'To find where Envoy sends a key under rendezvous hashing.',
    avoid: 'Its fast logarithm errs by up to 1 % in shares of unequal weights.',
  },
  'jump-hash': {
    ...NUMBERED,
    source: 'Lamping & Veach 2014 (arXiv 1406.2294), Guava Hashing.consistentHash',
    pick: 'O(ln n)',
    use: 'Numbered shards that only grow or shrink at the end.',
    avoid: 'When a backend in the middle leaves, all behind it are renumbered.',
  },
  'jump-back-hash': {
    ...NUMBERED,
    source: 'Ertl 2024 (arXiv 2403.18682), hash4j',
    pick: 'O(1) expected, integers only',
    use: 'As jump-hash, several times as fast.',
    avoid: 'When a backend in the middle leaves, all behind it are renumbered.',
  },
  'binomial-hash': {
    ...NUMBERED,
    source: 'Coluzzi et al. 2024 (arXiv 2406.19836)',
    pick: 'O(1)',
    use: 'As jump-hash, in constant time.',
    avoid: 'As jump-hash; above the last power of two shares are even to 2⁻⁴ of a level only.',
  },
  'power-hash': {
    ...NUMBERED,
    source: 'Leu 2023 (arXiv 2307.12448, PowerCH)',
    pick: 'O(1) expected',
    use: 'As jump-hash, in constant time.',
    avoid: 'When a backend in the middle leaves, all behind it are renumbered.',
  },
  'flip-hash': {
    ...NUMBERED,
    source: 'Masson & Lee 2024 (arXiv 2402.17549)',
    pick: 'O(1) expected',
    use: 'As jump-hash, in constant time.',
    avoid: 'When a backend in the middle leaves, all behind it are renumbered.',
  },
  'anchor-hash': {
    ...NUMBERED,
    source: 'Mendelson et al. 2020 (ToN, arXiv 1812.09674)',
    pick: 'O(1 + ln(capacity ÷ working)) expected',
    memory: '16 bytes a bucket of the capacity',
    build: 'O(changes)',
    use: 'Any backend may leave, with the least moves possible and without a table of keys.',
    avoid: 'The capacity is fixed: growth beyond it starts anew.',
  },
  'dx-hash': {
    ...NUMBERED,
    source: 'Dong & Wang 2021 (arXiv 2107.07930)',
    pick: 'O(capacity ÷ working) expected',
    memory: '1 byte a bucket of the capacity',
    build: 'O(changes)',
    use: 'As anchor-hash with less memory.',
    avoid: 'Slow when most of the capacity is away.',
  },
  'memento-hash': {
    ...NUMBERED,
    source: 'Coluzzi et al. 2023 (arXiv 2306.09783)',
    pick: 'O(ln n) and the chain of those removed',
    memory: 'an entry a removed backend',
    build: 'O(changes)',
    use: 'Any backend may leave and any number may join, with memory for the removed only.',
    avoid: 'Slows down as the number of removed grows; they are forgotten only by returning.',
  },
};
