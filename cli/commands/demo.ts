import { availableParallelism } from 'node:os';
import { Command } from '@commander-js/extra-typings';
import type { CommandContext } from '../command-context.ts';
import { ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Opens already playing, sixty times as fast as it happens. */
const PLAYING = 'run=anycast&speed=60&play=1';

/** `anycastle demo`: shows a built-in story; runs it first where the package has no results. */
export function demoCommand(context: CommandContext) {
  return new Command('demo')
    .description('show a built-in story in the browser: Frankfurt disappears')
    .option('--no-open', 'do not open a browser')
    .action(async ({ open: opens }) => {
      const terminal = context.terminal();
      const { demoFolders, demoScenario, findDemoResults } =
        await import('../demo/demo-results.ts');
      const found = findDemoResults();
      const folder = found ?? demoFolders().cached;
      if (found === null && !(await runStory(demoScenario(), folder, terminal))) {
        return context.setExitCode(ExitCode.Interrupted);
      }
      const { openStored } = await import('../view/stored-source.ts');
      const { serveUntilStopped } = await import('../view/serve-until-stopped.ts');
      const source = await openStored(folder);
      const { run, strategies } = source.summary;
      const count = Object.keys(strategies).length;
      const size = `${count} strategies, ${run.replications} replications each`;
      terminal.say(`Frankfurt loses power at 5:00: ${size}.`);
      terminal.say(
        `Simulated by Anycastle ${source.manifest.package_version} ` +
          `on ${source.manifest.started_at.slice(0, 10)}; again: anycastle run ${demoScenario()}`,
      );
      terminal.say('Space pauses, C compares, ? lists all keys; Ctrl-C here ends it.');
      const exitCode = await serveUntilStopped(source, terminal, {
        host: 'localhost',
        port: 0,
        allowedHosts: [],
        hasToken: false,
        opens,
        state: PLAYING,
      });
      context.setExitCode(exitCode);
    });
}

/** False: interrupted. */
async function runStory(file: string, outDir: string, terminal: Terminal): Promise<boolean> {
  const { loadRequest } = await import('../load-scenario.ts');
  const { simulate } = await import('../execute-run.ts');
  const request = await loadRequest(file, {}, terminal);
  if (request === null) throw new Error('the built-in story is not valid');
  terminal.say('This copy holds no results of the story: simulating it once.');
  const outcome = await simulate(request, terminal, {
    outDir,
    workers: availableParallelism(),
    resume: false,
    failFast: true,
    maxWallMs: undefined,
    maxMemoryBytes: undefined,
  });
  return outcome.stopped === null;
}
