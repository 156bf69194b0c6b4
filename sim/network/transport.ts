/**
 * TCP and QUIC as delays, in closed form.
 *
 * Left out: loss inside a transfer other than through the path's rate, delayed acknowledgements,
 * pacing, a window kept warm across requests.
 */

/** Ethernet MTU less IPv4 and TCP headers. */
export const SEGMENT_BYTES = 1460;

/**
 * After this long without an answer whoever has no timeout of its own gives up: six SYN retries,
 * 1 + 2 + 4 + … + 64 s (Linux's tcp_syn_retries; since 6.5 four more, a second apart each, come
 * first: tcp_syn_linear_timeouts).
 */
export const CONNECT_GIVE_UP_NS = 127e9;

/** Initial window (RFC 6928). */
export const INITIAL_WINDOW_SEGMENTS = 10;

/**
 * Slow start without loss, from the server's first byte to the client's last, one-way propagation
 * included (`rttNs / 2`): round k starts at k · RTT and carries min(IW · 2^k, rest) segments back
 * to
 * back, until a round carries the rest or lasts an RTT; from then on the pipe is full.
 *
 * @param rateBps the path's rate, bits/s; Infinity = no serialisation
 * @returns ns, not rounded
 */
export function transferNs(sizeBytes: number, rttNs: number, rateBps: number): number {
  const segmentNs = (SEGMENT_BYTES * 8e9) / rateBps;
  let segmentsLeft = Math.ceil(sizeBytes / SEGMENT_BYTES);
  let window = INITIAL_WINDOW_SEGMENTS;
  let startNs = 0;
  while (segmentsLeft > window && window * segmentNs < rttNs) {
    segmentsLeft -= window;
    window *= 2;
    startNs += rttNs;
  }
  return startNs + rttNs / 2 + segmentsLeft * segmentNs;
}

/**
 * Rate that Reno-like congestion control reaches at a steady loss (Mathis et al. 1997, C = √(3/2),
 * no delayed acknowledgements), bits/s; Infinity without loss or delay.
 */
export function mathisBps(rttNs: number, lossRatio: number): number {
  if (lossRatio <= 0 || rttNs <= 0) return Infinity;
  return ((SEGMENT_BYTES * 8e9) / rttNs) * Math.sqrt(1.5 / lossRatio);
}

/** How long each SYN waits before the next is sent: 1, 2, 4 … s (RFC 6298), given up after 6. */
const SYN_TIMEOUT_NS = 1e9;
const SYN_RETRIES_MAX = 6;

/**
 * Time lost to SYNs or SYN-ACKs that were lost: 0, 1, 3, 7 … s.
 *
 * @param uniform one draw in (0, 1): attempt k fails while `uniform < loss^k`
 */
export function synLossNs(uniform: number, lossRatio: number): number {
  if (lossRatio <= 0) return 0;
  let delayNs = 0;
  let threshold = lossRatio;
  for (let retry = 0; retry < SYN_RETRIES_MAX && uniform < threshold; retry++) {
    delayNs += SYN_TIMEOUT_NS * (1 << retry);
    threshold *= lossRatio;
  }
  return delayNs;
}
