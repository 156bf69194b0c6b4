import type { TestProject } from 'vitest/node';
import { ensureBuilt } from '../cli/cli-process.ts';
import { ensureDashboardBuilt } from './built-dashboard.ts';
import { startView } from './dashboard-page.ts';
import { FLAGSHIP, LABORATORY, resultFolder } from './result-folder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses of `anycastle view` on the two runs that most files look at, by scenario. */
    readonly viewUrls: Readonly<Record<string, string>>;
  }
}

/**
 * What all files need, made once before the first: the command line and the page, built; the two
 * runs; a server for each. One after the other, since a run keeps all cores busy.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await ensureBuilt();
  await ensureDashboardBuilt();
  const flagship = await startView(await resultFolder(FLAGSHIP));
  const laboratory = await startView(await resultFolder(LABORATORY));
  project.provide('viewUrls', {
    [FLAGSHIP.scenario]: flagship.url,
    [LABORATORY.scenario]: laboratory.url,
  });
  return async () => {
    await flagship.stop();
    await laboratory.stop();
  };
}
