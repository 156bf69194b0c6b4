import type { BackendIndex } from '../../backend-pool.ts';
import type { BackendTable } from '../../backend-table.ts';
import type { RandomSource, Timers } from '../../ports.ts';

/** What one observer believes of the backends of one balancer, and how it learns of it. */
export interface HealthView {
  /** The backend is a member from now on, with a clean record. */
  join(backend: BackendIndex): void;
  /** It is no member any more, and nobody watches it; before the pool removes it. */
  leave(backend: BackendIndex): void;
  /** Watches nobody any more; the pool stays as it is. */
  stop(): void;
}

/** What every view is given. */
export interface ViewPorts {
  readonly pool: BackendTable;
  readonly timers: Timers;
  readonly random: RandomSource;
  /** A verdict changed; the pool knows. */
  readonly onChange: (backend: BackendIndex, isWell: boolean, atNs: number) => void;
}
