/** Finagle's least aperture when it is deterministic. */
export const MIN_APERTURE = 12;

/**
 * How much of the ring of backends one of `clientCount` clients covers under Finagle's
 * deterministic aperture: at least `aperture` backends, rounded up to whole units of 1 ÷ clients so
 * that all clients together cover the ring evenly. In (0, 1].
 */
export function apertureWidth(clientCount: number, backendCount: number, aperture: number): number {
  const unit = 1 / clientCount;
  const units = Math.ceil(aperture / backendCount / unit);
  return Math.min(1, units * unit);
}

/** A backend in an aperture, and which part of the backend's own arc the aperture covers. */
export interface ApertureShare {
  readonly position: number;
  /** In (0, 1]: what the backend weighs for this client. */
  readonly share: number;
}

/**
 * The backends that client `clientPosition` (0 … clientCount − 1) sees: those whose arc of the ring
 * [position ÷ backends, (position + 1) ÷ backends) its own arc meets, which begins at
 * clientPosition ÷ clients. Shares sum to width × backends; over all clients every backend gets the
 * same.
 */
export function apertureOf(
  clientPosition: number,
  clientCount: number,
  backendCount: number,
  aperture: number = MIN_APERTURE,
): ApertureShare[] {
  const length = apertureWidth(clientCount, backendCount, aperture) * backendCount;
  if (length >= backendCount) {
    return Array.from({ length: backendCount }, (_, position) => ({ position, share: 1 }));
  }
  const begin = (clientPosition / clientCount) * backendCount;
  const end = begin + length;
  const byPosition = new Map<number, number>();
  for (let arc = Math.floor(begin); arc < end; arc++) {
    const share = Math.min(end, arc + 1) - Math.max(begin, arc);
    const position = arc % backendCount;
    // Rounding may leave less than nothing of an arc.
    if (share > 1e-9) byPosition.set(position, (byPosition.get(position) ?? 0) + share);
  }
  return Array.from(byPosition, ([position, share]) => ({ position, share }));
}
