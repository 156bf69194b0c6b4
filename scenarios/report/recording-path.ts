import { timelinePath } from './timeline-file.ts';

export const RECORDING_INDEX = 'index.json';

/** Folder of a strategy's recording within a results folder: beside its time series. */
export function recordingFolder(strategy: string): string {
  return timelinePath(strategy).slice(0, -'.json'.length);
}
