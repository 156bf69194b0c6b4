import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { utf8 } from '../hashes/bytes.ts';
import { crc32 } from '../hashes/crc32.ts';
import { mix32 } from '../hashes/mix.ts';
import { hash32 } from '../hashes/xxhash.ts';
import { definePolicy, type PickRequest, type Policy } from '../policy.ts';

/** After so many hashes that led to servers that are away or were tried, nginx takes turns. */
const MOST_TRIES = 20;

/** The hash of try `attempt`, from that of the try before it; the first from −1. */
type NextHash = (keyHash: number, attempt: number, before: number) => number;

/**
 * nginx's walk: the hash modulo the total weight of all servers, those that are down included, says
 * whose turn it is; who is down or was tried is passed over by hashing again.
 */
class NginxModulo implements Policy {
  readonly #nextHash: NextHash;
  #pool: BackendPool | undefined;
  /** Members, and the weight of those up to each of them. */
  #members = new Int32Array(0);
  #weightUpTo = new Float64Array(0);
  /** By slot: the pick that tried it last. */
  #triedIn = new Float64Array(0);
  #pickNumber = 0;

  constructor(nextHash: NextHash) {
    this.#nextHash = nextHash;
  }

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    const members: number[] = [];
    for (let slot = 0; slot < pool.slotCount; slot++) {
      const backend = slot as BackendIndex;
      const isMember = pool.isMember?.(backend) ?? pool.isEligible(backend);
      if (isMember && pool.weight(backend) > 0) members.push(slot);
    }
    this.#members = Int32Array.from(members);
    this.#weightUpTo = new Float64Array(members.length);
    let total = 0;
    members.forEach((slot, i) => {
      total += pool.weight(slot as BackendIndex);
      this.#weightUpTo[i] = total;
    });
    this.#triedIn = new Float64Array(pool.slotCount);
    this.#pickNumber = 0;
  }

  pick({ keyHash, attempt }: PickRequest): BackendIndex {
    const pool = this.#pool!;
    if (pool.eligibleCount === 0) return NO_BACKEND;
    this.#pickNumber++;
    let toPass = attempt % pool.eligibleCount;
    let hash = -1;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      hash = this.#nextHash(keyHash, tries, hash);
      const backend = this.#memberAt(hash);
      if (this.#wasTried(backend) || !pool.isEligible(backend)) continue;
      if (toPass-- === 0) return backend;
    }
    return this.#inTurn(keyHash, toPass);
  }

  #memberAt(hash: number): BackendIndex {
    const total = this.#weightUpTo[this.#weightUpTo.length - 1]!;
    const place = hash % total;
    let i = 0;
    while (this.#weightUpTo[i]! <= place) i++;
    return this.#members[i]! as BackendIndex;
  }

  #wasTried(backend: BackendIndex): boolean {
    if (this.#triedIn[backend] === this.#pickNumber) return true;
    this.#triedIn[backend] = this.#pickNumber;
    return false;
  }

  /**
   * The original goes on with its round robin, whose state is not the key's; here the key says
   * where the turn begins, so that a key has its place.
   */
  #inTurn(keyHash: number, toPass: number): BackendIndex {
    const pool = this.#pool!;
    const count = pool.eligibleCount;
    let left = toPass;
    for (let i = keyHash % count; ; i = i + 1 === count ? 0 : i + 1) {
      const backend = pool.eligibleAt(i);
      // Those found by hashing were counted there, and marked.
      if (this.#wasTried(backend)) continue;
      if (left-- === 0) return backend;
    }
  }
}

/**
 * `hash KEY` of nginx without `consistent` (`ngx_http_upstream_hash_module.c`), as
 * Cache::Memcached: 15 bits of CRC-32 modulo the total weight. When a server is down, only its
 * keys go elsewhere; when one is added or taken out of the configuration, nearly all do. The
 * original hashes the key anew behind a counter for every further try; here it is the hash that is
 * hashed.
 */
export const hashNginx = definePolicy({
  name: 'hash-nginx',
  summary: 'CRC-32 of the key modulo the total weight: nginx’s hash without consistent.',
  options: z.strictObject({}),
  consistent: true,
  hashKey: (text) => crc32(utf8(text)),
  create: () =>
    new NginxModulo((keyHash, attempt, before) => {
      const word = attempt === 0 ? keyHash : mix32(keyHash, attempt);
      return Math.max(before, 0) + ((word >>> 16) & 0x7fff);
    }),
});

/** `ngx_http_upstream_ip_hash_module.c`: where the hash begins, its multiplier and its modulus. */
const IP_HASH_START = 89;
const IP_HASH_FACTOR = 113;
const IP_HASH_RANGE = 6271;

function ipHash(bytes: readonly number[]): number {
  return bytes.reduce(
    (hash, byte) => (hash * IP_HASH_FACTOR + byte) % IP_HASH_RANGE,
    IP_HASH_START,
  );
}

/** Three octets of an IPv4 address; what is none counts as a text. */
function hashAddress(text: string): number {
  const octets = text.split('.').map(Number);
  const isIpv4 = octets.length === 4 && octets.every((octet) => octet >= 0 && octet <= 255);
  return isIpv4 ? ipHash(octets.slice(0, 3)) : hash32(text);
}

/**
 * `ip_hash` of nginx: clients of one /24 go to one server. Further tries go on with the address in
 * the original and with the hash here.
 */
export const ipHashNginx = definePolicy({
  name: 'ip-hash-nginx',
  summary: 'Three octets of the client’s address modulo the total weight: nginx’s ip_hash.',
  options: z.strictObject({}),
  consistent: true,
  hashKey: hashAddress,
  create: () =>
    new NginxModulo((keyHash, attempt, before) => {
      if (attempt === 0) return keyHash % IP_HASH_RANGE;
      return (before * IP_HASH_FACTOR + mix32(keyHash, attempt)) % IP_HASH_RANGE;
    }),
});
