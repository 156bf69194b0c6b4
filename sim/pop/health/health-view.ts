import type {
  BackendIndex,
  BackendTable,
  ObservedBalancer,
  RandomSource,
} from '../../../balancer/index.ts';
import type { Kernel } from '../../kernel/kernel.ts';

/** What one observer believes of the backends of one balancer, and how it learns of it. */
export interface HealthView {
  /** The backend is a member from now on, with a clean record. */
  join(backend: BackendIndex): void;
  /** It is no member any more, and nobody watches it. */
  leave(backend: BackendIndex): void;
}

/** What every view is given. */
export interface ViewPorts {
  readonly pool: BackendTable;
  readonly kernel: Kernel;
  readonly random: RandomSource;
  /** A verdict changed; the pool knows. */
  readonly onChange: (backend: BackendIndex, isWell: boolean, atNs: number) => void;
}

/** A balancer that lets itself be listened to: asked for where the world has passive checks. */
export type Listened = ObservedBalancer;
