/** One algorithm over the success rates of an interval. */
export interface RateAlgorithm {
  /** Probability that what it finds is ejected; 0 is off. */
  readonly enforcing: number;
  /** Backends with enough requests that it takes for the algorithm to run. */
  readonly minimumHosts: number;
  /** Requests in the interval that make a backend count. */
  readonly requestVolume: number;
}

export interface OutlierSettings {
  readonly product: 'envoy' | 'grpc';
  readonly intervalNs: number;
  /** A backend stays out for base × its count of ejections, at most the greater of the two. */
  readonly baseEjectionNs: number;
  readonly maxEjectionNs: number;
  /** Up to so much is added to it at random. */
  readonly maxEjectionJitterNs: number;
  /** Share of the backends, in per cent, that may be out. */
  readonly maxEjectionPercent: number;
  /** One may be out whatever the share says (Envoy's old rule). */
  readonly alwaysEjectOne: boolean;
  /** Failures in a row; Infinity is off. Enforced with their own probability. */
  readonly consecutive5xx: number;
  readonly enforcingConsecutive5xx: number;
  readonly consecutiveGatewayFailure: number;
  readonly enforcingConsecutiveGatewayFailure: number;
  readonly successRate: RateAlgorithm & {
    /** Standard deviations below the mean that a rate must be. */
    readonly deviations: number;
  };
  readonly failurePercentage: RateAlgorithm & {
    /** Percentage of failures. */
    readonly threshold: number;
  };
}
