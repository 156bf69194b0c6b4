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
      const longest = Math.max(0, ...entries.map(({ name }) => name.length));
      const room = Math.max(40, terminal.width - 4 - longest);
      for (const group of new Set(entries.map((entry) => entry.group ?? ''))) {
        if (group !== '') terminal.print(`\n${group}`);
        const rows = entries
          .filter((entry) => (entry.group ?? '') === group)
          .map(({ name, summary }) => [name.padEnd(longest), shorten(escapeLine(summary), room)]);
        terminal.print(formatTable([{ heading: '' }, { heading: '' }], rows));
      }
    });
}

interface Entry {
  readonly name: string;
  readonly summary: string;
  /** Folder of the library; only scenarios have one. */
  readonly group?: string;
}

async function entriesOf(topic: (typeof TOPICS)[number]): Promise<readonly Entry[]> {
  const { glossary, listLibrary } = await import('../../scenarios/index.ts');
  if (topic !== 'scenarios') return glossary(topic);
  return listLibrary().map(({ name, description, group }) => ({
    name,
    summary: description,
    ...(group === '' ? {} : { group }),
  }));
}
