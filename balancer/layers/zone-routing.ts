/** Envoy counts shares in ten-thousandths. */
export const WHOLE = 10_000;

/** Least number of healthy backends for which Envoy looks at zones. */
export const MIN_CLUSTER_SIZE = 6;

/** How one zone routes. */
export interface ZoneRouting {
  /** Part of the traffic, in ten-thousandths, that stays in the own zone. */
  readonly localShare: number;
  /** Cumulative capacity left over in each zone, the own one included (it has none). */
  readonly residual: readonly number[];
}

/** Shares of each zone, in ten-thousandths of all; 0 each when there is nobody. */
export function zoneShares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total === 0 ? 0 : Math.floor((WHOLE * count) / total)));
}

/**
 * Envoy's zone-aware routing (`load_balancer_impl.cc`): clients of a zone are taken to send equal
 * shares, so a zone whose share of the backends is at least its share of the clients keeps all its
 * traffic; else it keeps what its backends can take, and the rest goes to other zones by what they
 * have to spare. Hosts are counted, weights are not (envoy#37275).
 */
export function routeByZone(options: {
  readonly clientShares: readonly number[];
  readonly backendShares: readonly number[];
  readonly ownZone: number;
}): ZoneRouting {
  const { clientShares, backendShares, ownZone } = options;
  const ownBackends = backendShares[ownZone]!;
  const ownClients = clientShares[ownZone]!;
  let cumulative = 0;
  const residual = backendShares.map((share, zone) => {
    if (zone !== ownZone) cumulative += Math.max(0, share - clientShares[zone]!);
    return cumulative;
  });
  if (ownBackends > 0 && ownBackends >= ownClients) return { localShare: WHOLE, residual };
  const localShare = ownClients === 0 ? 0 : Math.floor((ownBackends * WHOLE) / ownClients);
  return { localShare, residual };
}

/**
 * Whether zones are looked at: at least two zones on both sides, backends of the own zone, and
 * enough of them in all.
 */
export function isZoneAware(options: {
  readonly clientCounts: readonly number[];
  readonly backendCounts: readonly number[];
  readonly ownZone: number;
  readonly minClusterSize?: number;
}): boolean {
  const { clientCounts, backendCounts, ownZone, minClusterSize = MIN_CLUSTER_SIZE } = options;
  const backends = backendCounts.reduce((sum, count) => sum + count, 0);
  return (
    clientCounts.length >= 2 &&
    backendCounts.length >= 2 &&
    (clientCounts[ownZone] ?? 0) > 0 &&
    (backendCounts[ownZone] ?? 0) > 0 &&
    backends >= minClusterSize
  );
}

/**
 * The zone of a request, from one or two uniform numbers in [0, 1). When nobody has anything to
 * spare, −1: any backend will do.
 */
export function chooseZone(
  { localShare, residual }: ZoneRouting,
  ownZone: number,
  random: () => number,
): number {
  if (localShare === WHOLE || random() * WHOLE < localShare) return ownZone;
  const spare = residual[residual.length - 1]!;
  if (spare === 0) return -1;
  const wanted = Math.floor(random() * spare);
  let zone = 0;
  while (residual[zone]! <= wanted) zone++;
  return zone;
}
