import type { Reporter, TestModule } from 'vitest/node';

/** Says which tests passed only when they were tried again: a retry is to be seen, not to hide. */
export class RetriedTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const count = test.diagnostic()?.retryCount ?? 0;
        if (count === 0) continue;
        const name = `${module.relativeModuleId} > ${test.fullName}`;
        process.stdout.write(`tried again (${count}): ${name}\n`);
      }
    }
  }
}
