import type { AutoscalerSpec, WorldSpec } from '../../sim/index.ts';

/** One line an autoscaler: how many servers, for what, and how late it is at best. */
export function autoscalingLines({ autoscalers = [] }: WorldSpec): string[] {
  return autoscalers.map((autoscaler) => {
    const { pop, min, max, initial, syncPeriodNs, startDelayNs, scaleDown } = autoscaler;
    return (
      `pop/${pop}: ${min} to ${max} servers, ${initial} at first, for ${targetText(autoscaler)}; ` +
      `looks every ${seconds(syncPeriodNs)}, a server is up ${seconds(startDelayNs)} later, ` +
      `down after ${seconds(scaleDown.stabilizationWindowNs)}`
    );
  });
}

function targetText({ metric, target }: AutoscalerSpec): string {
  if (metric === 'concurrency') return `${target} requests a server`;
  return `${Number((target * 100).toPrecision(3))} % of its slots busy`;
}

function seconds(durationNs: number): string {
  return `${durationNs / 1e9} s`;
}
