import { readFileSync } from 'node:fs';

/** Often enough to catch a process before it takes the machine, rare enough to cost nothing. */
const INTERVAL_MS = 250;
const PAGE_BYTES = 4096;

/**
 * Calls `onExceeded` once the resident memory of the replication processes and this one passes the
 * limit. Reads /proc; where there is none, only this process is counted.
 */
export class MemoryWatch {
  readonly #timer: NodeJS.Timeout;

  constructor(
    pool: { readonly pids: ReadonlySet<number> },
    limitBytes: number,
    onExceeded: () => void,
  ) {
    this.#timer = setInterval(() => {
      const bytes = [...pool.pids].reduce(
        (sum, pid) => sum + residentBytes(pid),
        process.memoryUsage.rss(),
      );
      if (bytes <= limitBytes) return;
      this.close();
      onExceeded();
    }, INTERVAL_MS);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

/** Second field of /proc/PID/statm, in pages; 0 for a process that is gone. */
function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
