/** How many servers of a POP are up, decided while the story goes on; see `WorldSpec`. */

/** After the HorizontalPodAutoscaler of Kubernetes (autoscaling/v2), whose words these are. */
export interface AutoscalerSpec {
  readonly pop: string;
  /** Names in the POP, in the order in which they are started; the last goes first. */
  readonly servers: readonly string[];
  /** Servers in service when the world begins. */
  readonly initial: number;
  readonly min: number;
  readonly max: number;
  /** Mean since the last sync: busy ÷ slots, or requests inside a server (waiting ones too). */
  readonly metric: 'utilisation' | 'concurrency';
  /** Of the metric: a ratio, or requests a server. */
  readonly target: number;
  /** Of the metric's ratio to the target, 1 ± this is near enough. */
  readonly toleranceRatio: number;
  readonly syncPeriodNs: number;
  /** From the decision until a server takes requests. */
  readonly startDelayNs: number;
  readonly scaleUp: ScalingRulesSpec;
  readonly scaleDown: ScalingRulesSpec;
}

export interface ScalingRulesSpec {
  /** Of the recommendations so far back, the one that changes least is followed. */
  readonly stabilizationWindowNs: number;
  /** Of several policies, which holds: that of the greatest change, or of the least. */
  readonly select: 'max' | 'min' | 'disabled';
  readonly policies: readonly ScalingPolicySpec[];
}

/** At most so many servers, or so many per cent of them, within a period. */
export interface ScalingPolicySpec {
  readonly kind: 'pods' | 'percent';
  readonly value: number;
  readonly periodNs: number;
}
