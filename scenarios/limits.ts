/**
 * How large a scenario may be. Every limit is tested at the limit and one above it; none is reached
 * by a scenario that a person wrote. Sizes are bytes of UTF-8, lengths UTF-16 units.
 */
export const LIMITS = {
  /** One file: about 60,000 lines. */
  fileBytes: 4 * 1024 * 1024,
  /** The file with everything it includes. */
  includedBytes: 16 * 1024 * 1024,
  includeDepth: 8,
  includeCount: 64,
  /**
   * The parser of YAML recurses: 10,000 levels abort the process, so depth is bounded before it
   * runs.
   */
  nesting: 64,
  nodes: 2_000_000,
  keysPerMap: 100_000,
  scalarLength: 64 * 1024,
  /** With `--allow-aliases`. */
  aliases: 64,
  errorsPrinted: 50,
  pops: 10_000,
  links: 100_000,
  servers: 1_000_000,
  regions: 1_000_000,
  events: 1_000_000,
  strategies: 10_000,
  /** Time series of one replication; its whole line in `results.jsonl` stays below twice that. */
  timelineBytes: 512 * 1024,
  /** Finest level of one recording, which a replication holds in memory until its end. */
  recordingBytes: 512 * 1024 * 1024,
  /** Integer nanoseconds are exact to 2^53 ns = 104 days. */
  durationNs: Number.MAX_SAFE_INTEGER,
  /** Bounds of any finite quantity in base units. */
  quantityMin: 1e-12,
  quantityMax: 1e18,
} as const;
