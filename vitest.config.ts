import { defineConfig } from 'vitest/config';
import { RetriedTests } from './test/retried-tests.ts';

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
          testTimeout: 30_000,
          // modules hold no state that a test leaves behind: files share them, evaluated once
          isolate: false,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          // a browser on a busy machine now and then misses a moment; a defect fails twice;
          // `RetriedTests` names who needed it
          retry: 1,
        },
      },
    ],
  },
});
