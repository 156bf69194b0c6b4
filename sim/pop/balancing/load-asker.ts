import type { LoadAsker } from '../../../balancer/index.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { ServerLoads } from './server-loads.ts';

/** A load probe goes to the server and back; one that is down does not answer. */
export function createLoadAsker(
  kernel: Kernel,
  loads: ServerLoads,
  answers: (backend: number) => boolean,
  roundTripNs: number,
): LoadAsker {
  const oneWayNs = Math.round(roundTripNs / 2);
  return {
    ask: (backend, answered) => {
      kernel.after(oneWayNs, () => {
        if (!answers(backend)) return;
        const report = loads.answer(backend);
        kernel.after(oneWayNs, () => answered(report));
      });
    },
  };
}
