import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { mix32 } from '../hashes/mix.ts';
import { hash32 } from '../hashes/xxhash.ts';
import type { PickRequest, Policy } from '../policy.ts';
import type { RandomSource } from '../ports.ts';
import { PointRing, RingPoints } from '../rings/point-ring.ts';
import type { DirectorNode, DirectorSpec } from './director-spec.ts';

/** Where `vnodes_per_node` is not said; no source at hand gives Fastly's own default. */
const VNODES = 256;

/** Per cent of health that a director needs without a quorum: any at all. */
const ANY = Number.MIN_VALUE;

/** A node of the tree as it is at present. */
interface Node {
  readonly type: 'backend' | DirectorSpec['type'];
  readonly id: string;
  readonly weight: number;
  readonly members: readonly Node[];
  readonly quorum: number;
  readonly ring: PointRing | undefined;
  backend: BackendIndex;
  isHealthy: boolean;
  /** Σ weight of the healthy members. */
  healthyWeight: number;
}

/**
 * Directors of Fastly's VCL, which nest: a director stands for a backend whose health is that of
 * its members, and is down as a whole when less of their weight is healthy than its quorum,
 * although some may live (with a quorum of 50 % and three equal members, losing the second loses
 * all). Then nothing is picked, which Fastly answers with 503 "Quorum weight not reached". Choices
 * by weight are those of Varnish's directors, among the healthy.
 */
export class DirectorPolicy implements Policy {
  readonly #root: Node;
  readonly #random: RandomSource;

  constructor(spec: DirectorSpec, random: RandomSource) {
    this.#root = compile(spec, 'root');
    this.#random = random;
  }

  /** Whether the outermost director reaches its quorum. */
  get isHealthy(): boolean {
    return this.#root.isHealthy;
  }

  rebuild(pool: BackendPool): void {
    const healthy = new Map<string, BackendIndex>();
    for (let i = 0; i < pool.eligibleCount; i++) {
      const backend = pool.eligibleAt(i);
      healthy.set(pool.id(backend), backend);
    }
    assess(this.#root, healthy);
  }

  pick({ keyHash, attempt }: PickRequest): BackendIndex {
    let node = this.#root;
    let hash = attempt === 0 ? keyHash : mix32(keyHash, attempt);
    while (node.type !== 'backend') {
      if (!node.isHealthy) return NO_BACKEND;
      node = this.#choose(node, hash, attempt);
      // Each level chooses independently of those above it.
      hash = mix32(hash, node.members.length);
    }
    return node.backend;
  }

  #choose(node: Node, hash: number, attempt: number): Node {
    if (node.type === 'fallback') return nextHealthy(node.members, 0, attempt);
    if (node.ring !== undefined) {
      const start = node.ring.successor(hash);
      for (let i = 0; i < node.ring.size; i++) {
        const member = node.members[node.ring.owners[(start + i) % node.ring.size]!]!;
        if (member.isHealthy) return member;
      }
    }
    const ratio = node.type === 'random' ? this.#random() : hash / 2 ** 32;
    return byWeight(node, ratio * node.healthyWeight);
  }
}

/** The attempt-th healthy member behind the first, and again from the start. */
function nextHealthy(members: readonly Node[], from: number, attempt: number): Node {
  let passed = 0;
  for (let i = from; ; i = i + 1 === members.length ? 0 : i + 1) {
    if (members[i]!.isHealthy && passed++ === attempt) return members[i]!;
  }
}

function byWeight(node: Node, target: number): Node {
  let left = target;
  let last: Node | undefined;
  for (let i = 0; i < node.members.length; i++) {
    const member = node.members[i]!;
    if (!member.isHealthy || member.weight === 0) continue;
    last = member;
    left -= member.weight;
    if (left < 0) return member;
  }
  // Rounding may leave a last crumb.
  return last!;
}

function compile(node: DirectorNode, path: string): Node {
  const state = { backend: NO_BACKEND, isHealthy: false, healthyWeight: 0 };
  const { weight = 1 } = node;
  if ('backend' in node) {
    const { backend: id } = node;
    const leaf = { type: 'backend' as const, members: [], quorum: ANY, ring: undefined };
    return { ...state, ...leaf, id, weight };
  }
  const members = node.members.map((member, i) => compile(member, `${path}/${i}`));
  if (members.length === 0) throw new RangeError(`the director ${path} has no members`);
  const { type, quorum = ANY } = node;
  if (!(quorum > 0 && quorum <= 100)) throw new RangeError(`a quorum is a percentage: ${quorum}`);
  const ring = type === 'chash' ? placeMembers(members, node) : undefined;
  return { ...state, type, id: path, weight, members, quorum, ring };
}

function placeMembers(members: readonly Node[], spec: DirectorSpec): PointRing {
  const points = new RingPoints();
  members.forEach(({ id }, position) => {
    for (let i = 0; i < (spec.vnodesPerNode ?? VNODES); i++) {
      points.place(hash32(`${id}-${i}`, spec.seed ?? 0), position);
    }
  });
  return new PointRing(points);
}

/** `healthy`: those that may be picked, by id. */
function assess(node: Node, healthy: ReadonlyMap<string, BackendIndex>): void {
  if (node.type === 'backend') {
    node.backend = healthy.get(node.id) ?? NO_BACKEND;
    node.isHealthy = node.backend !== NO_BACKEND;
    return;
  }
  let total = 0;
  node.healthyWeight = 0;
  for (const member of node.members) {
    assess(member, healthy);
    total += member.weight;
    if (member.isHealthy) node.healthyWeight += member.weight;
  }
  node.isHealthy = node.healthyWeight > 0 && 100 * node.healthyWeight >= node.quorum * total;
}
