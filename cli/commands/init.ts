import { writeFile, readFile } from 'node:fs/promises';
import { Argument, Command, Option } from '@commander-js/extra-typings';
import type { CommandContext } from '../command-context.ts';
import { CommandError, ExitCode } from '../exit-code.ts';
import { packageRoot } from '../package-root.ts';

const STARTERS = {
  lab: 'one POP, no network: queues and their closed forms',
  lb: 'balancing policies side by side in one POP',
  cdn: 'a world of POPs, one fails: anycast against DNS',
  blank: 'the smallest scenario',
} as const;
type Starter = keyof typeof STARTERS;

/** `anycastle init [file]`: writes a commented starter; never over an existing file. */
export function initCommand(context: CommandContext) {
  return new Command('init')
    .description('write a commented starter scenario')
    .addArgument(new Argument('[file]', "what to write; '-' prints it").default('scenario.yaml'))
    .addOption(
      new Option('--from <starter>', 'which starter')
        .choices(Object.keys(STARTERS) as Starter[])
        .default('lab' as Starter),
    )
    .option('--list', 'list the starters')
    .action(async (file, { from, list }) => {
      const terminal = context.terminal();
      if (list === true) {
        for (const [name, about] of Object.entries(STARTERS)) {
          terminal.print(`${name.padEnd(6)} ${about}`);
        }
        return;
      }
      const text = await readFile(new URL(`cli/starters/${from}.yaml`, packageRoot()), 'utf8');
      if (file === '-') return void process.stdout.write(text);
      await writeNew(file, text);
      terminal.say(`wrote ${file}; next: anycastle run ${file}`);
    });
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CommandError(ExitCode.InputOutput, `${file} exists already`, 'name another file');
  }
}
