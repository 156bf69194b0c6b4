/**
 * Of a server that an autoscaler starts and stops. `starting`: paid for, takes nothing yet;
 * `ending`: takes nothing new and finishes what it has.
 */
export type ServerPhase = 'off' | 'starting' | 'in-service' | 'ending';

/** What autoscalers did, in order of time. */
export class ScalingLog {
  /** A server's phase from an instant on; `off` before its first. */
  readonly phases: {
    readonly atNs: number;
    readonly server: number;
    readonly phase: ServerPhase;
  }[] = [];
  /** Replicas asked for: more, or fewer. Indices of `WorldSpec.autoscalers`. */
  readonly steps: {
    readonly atNs: number;
    readonly autoscaler: number;
    readonly change: number;
  }[] = [];

  entered(atNs: number, server: number, phase: ServerPhase): void {
    this.phases.push({ atNs, server, phase });
  }

  scaled(atNs: number, autoscaler: number, change: number): void {
    this.steps.push({ atNs, autoscaler, change });
  }
}
