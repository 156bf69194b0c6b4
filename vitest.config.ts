import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';
import { RetriedTests } from './test/retried-tests.ts';

/**
 * What ends a test that hangs, ms; no test takes a tenth of it on a quiet machine. Nothing waits
 * longer because of it: what passes, passes as soon as it can, also where ten times slower.
 */
const PATIENCE = {
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 30_000 } },
};

/**
 * The product's modules are loaded by Node itself, types stripped by tsx: their calls of each other
 * are then those of the program that ships, and a simulation takes a third less processor time than
 * through the runner's own loader, which sends every imported name through a getter.
 */
const RUN_BY_NODE = {
  execArgv: ['--import', 'tsx'],
  server: {
    deps: {
      external: ['balancer', 'topology', 'sim', 'scenarios', 'cli'].map(
        (floor) => new RegExp(`^${import.meta.dirname}/${floor}/`),
      ),
    },
  },
};

export default defineConfig({
  test: {
    // of two cores: a third of the time a test waits for a process, a page or a timer
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    reporters: ['default', new RetriedTests()],
    projects: [
      {
        test: {
          name: 'code',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          ...PATIENCE,
          // modules hold no state that a test leaves behind: files share them, evaluated once
          isolate: false,
          ...RUN_BY_NODE,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'test/browser/global-setup.ts',
          isolate: false,
          ...PATIENCE,
          // a browser on a busy machine now and then misses a moment; a defect fails twice;
          // `RetriedTests` names who needed it
          retry: 1,
        },
      },
    ],
  },
});
