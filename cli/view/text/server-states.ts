import type { RecordingIndex, ServerState } from '../../../scenarios/index.ts';
import { formatElapsed } from '../../terminal/numbers.ts';
import type { ExtraColumn } from './entity-text.ts';

type Recorded = Pick<RecordingIndex, 'world' | 'moments' | 'duration_s'>;

/**
 * What the balancer thought of each server when the recorded replication ended, in HAProxy's words,
 * and how long it had held it for down: `UP (DOWN 0:19)`. Null without a recording.
 */
export function serverStateColumn(recording: Recorded | null): ExtraColumn | null {
  if (recording === null) return null;
  const { world, moments, duration_s } = recording;
  const changes = new Map<string, { readonly t_s: number; readonly state: ServerState }[]>();
  for (const { server, state, t_s } of moments.server_states) {
    const { name, pop } = world.servers[server]!;
    const key = `${world.pops[pop]!.name}/${name}`;
    changes.set(key, [...(changes.get(key) ?? []), { t_s, state }]);
  }
  return {
    heading: 'state',
    cell: (entity) => {
      const all = changes.get(entity) ?? [];
      const last = all.at(-1)?.state ?? 'UP';
      const down_s = all.reduce((sum, { t_s, state }, i) => {
        const until_s = all[i + 1]?.t_s ?? duration_s;
        return state.startsWith('DOWN') ? sum + until_s - t_s : sum;
      }, 0);
      return down_s === 0 ? last : `${last} (DOWN ${formatElapsed(down_s)})`;
    },
  };
}
