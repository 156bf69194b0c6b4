import { Argument, Command } from '@commander-js/extra-typings';
import type { CommandContext } from '../command-context.ts';
import { escapeLine, shorten } from '../terminal/escape.ts';
import { formatTable } from '../terminal/table.ts';

const TOPICS = [
  'scenarios',
  'presets',
  'policies',
  'health',
  'strategies',
  'eviction',
  'metrics',
] as const;

/** `anycastle list [topic]`: names that `run` and scenario files may use. */
export function listCommand(context: CommandContext) {
  return new Command('list')
    .description('list scenarios of the library, or names for scenario files')
    .addArgument(
      new Argument('[topic]', 'what to list').choices(TOPICS).default('scenarios' as const),
    )
    .action(async (topic) => {
      const terminal = context.terminal();
      const entries = await entriesOf(topic);
      if (terminal.json) {
        terminal.print(JSON.stringify(entries, null, 2));
        return;
      }
      const room = terminal.width - 4 - Math.max(0, ...entries.map(({ name }) => name.length));
      terminal.print(
        formatTable(
          [{ heading: '' }, { heading: '' }],
          entries.map(({ name, summary }) => [
            name,
            shorten(escapeLine(summary), Math.max(40, room)),
          ]),
        ),
      );
    });
}

async function entriesOf(
  topic: (typeof TOPICS)[number],
): Promise<readonly { readonly name: string; readonly summary: string }[]> {
  const { glossary, listLibrary } = await import('../../scenarios/index.ts');
  if (topic !== 'scenarios') return glossary(topic);
  return listLibrary().map(({ name, description }) => ({ name, summary: description }));
}
