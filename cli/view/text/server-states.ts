import type { RecordingIndex, ServerState } from '../../../scenarios/index.ts';
import type { ExtraColumn } from './entity-text.ts';

/**
 * What the balancer thought of each server when the recorded replication ended, in HAProxy's words,
 * and how often that had changed: `UP`, `DOWN, 3 changes`. Null without a recording.
 */
export function serverStateColumn(recording: RecordingIndex | null): ExtraColumn | null {
  if (recording === null) return null;
  const { world, moments } = recording;
  const changes = new Map<string, ServerState[]>();
  for (const { server, state } of moments.server_states) {
    const { name, pop } = world.servers[server]!;
    const key = `${world.pops[pop]!.name}/${name}`;
    changes.set(key, [...(changes.get(key) ?? []), state]);
  }
  // Whoever never changed is as everybody was at first.
  const states = moments.server_states.map(({ state }) => state);
  const initial =
    states.length > 0 && states.every((one) => one === 'no check') ? 'no check' : 'UP';
  return {
    heading: 'state',
    cell: (entity) => {
      const states = changes.get(entity);
      if (states === undefined) return initial;
      const times = states.length === 1 ? '1 change' : `${states.length} changes`;
      return `${states.at(-1)!}, ${times}`;
    },
  };
}
