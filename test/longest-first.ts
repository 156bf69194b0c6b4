import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take more than five seconds, longest first, with those that need a browser before all
 * others: they share what was set up for them, and leave their processor idle most. A fresh clone
 * knows no times, and a file's size says nothing: a long one that begins last leaves one of two
 * processors without work.
 */
const LONG = [
  'browser/accessibility-dark.test.ts',
  'browser/accessibility-light.test.ts',
  'browser/links.test.ts',
  'browser/keyboard.test.ts',
  'browser/playground.test.ts',
  'browser/playground-strategy.test.ts',
  'browser/hostile-names.test.ts',
  'browser/live-run.test.ts',
  'browser/visual.test.ts',
  'browser/compare-view.test.ts',
  'browser/timeline-view.test.ts',
  'scenarios/running/kill.test.ts',
  'theory/shortest-queues.test.ts',
  'golden/library.test.ts',
  'theory/single-queues.test.ts',
  'theory/loss-systems.test.ts',
  'determinism/workers-and-resume.test.ts',
  'theory/parallel-queues.test.ts',
  'theory/processor-sharing.test.ts',
  'theory/general-service.test.ts',
  'cli/view-process.test.ts',
  'cli/commands.test.ts',
  'balancer/policies/million-keys.test.ts',
  'scenarios/running/run.test.ts',
  'scenarios/balancing/layers.test.ts',
  'cli/signals.test.ts',
  'theory/caches.test.ts',
  'scenarios/language/fuzz.test.ts',
  'swarm/invariants.test.ts',
  'determinism/node-versions.test.ts',
  'cli/exit-codes.test.ts',
  'oracle/oracle.test.ts',
].map((name) => join(import.meta.dirname, name));

/** Begins with the files that take longest, so that the short ones fill up the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = LONG.filter((path) => !existsSync(path));
    if (gone.length > 0) throw new Error(`long test files that are gone: ${gone.join(', ')}`);
    return files.toSorted(
      (a, b) =>
        Number(b.project.name === 'browser') - Number(a.project.name === 'browser') ||
        rank(a) - rank(b) ||
        (a.moduleId < b.moduleId ? -1 : 1),
    );
  }
}

function rank({ moduleId }: TestSpecification): number {
  const position = LONG.indexOf(moduleId);
  return position < 0 ? LONG.length : position;
}
