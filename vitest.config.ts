import { defineConfig } from 'vitest/config';
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

export default defineConfig({
  test: {
    maxWorkers: 2,
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
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          ...PATIENCE,
          // a browser on a busy machine now and then misses a moment; a defect fails twice;
          // `RetriedTests` names who needed it
          retry: 1,
        },
      },
    ],
  },
});
