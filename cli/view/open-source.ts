import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openLive, type LiveView } from './live-source.ts';
import { openStored, type StoredView } from './stored-source.ts';

/** A results folder as it is: a run writes its summary when it ends, and removes an older first. */
export function openSource(dir: string): Promise<StoredView | LiveView> {
  const isFinished =
    existsSync(join(dir, 'summary.json')) || !existsSync(join(dir, 'manifest.json'));
  return isFinished ? openStored(dir) : openLive(dir);
}
