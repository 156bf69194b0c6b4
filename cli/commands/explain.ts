import { Argument, Command } from '@commander-js/extra-typings';
import type { GlossaryTopic } from '../../scenarios/index.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, ExitCode } from '../exit-code.ts';
import { escapeLine } from '../terminal/escape.ts';
import { wrapLine } from '../terminal/wrap.ts';

/** What may stand before the word: `explain policy random` where `random` means several things. */
const TOPIC_WORDS: Readonly<Record<string, GlossaryTopic>> = {
  policy: 'policies',
  health: 'health',
  strategy: 'strategies',
  eviction: 'eviction',
  preset: 'presets',
  metric: 'metrics',
};

/** `anycastle explain [policy] X`: an error code, a policy, a health check, a metric, a preset. */
export function explainCommand(context: CommandContext) {
  return new Command('explain')
    .description('explain an error code, policy, health check, strategy, metric or preset')
    .addArgument(new Argument('<word...>', 'e.g. E0304, two-choices, policy maglev, health envoy'))
    .action(async (words) => {
      const terminal = context.terminal();
      const { topic, word } = asked(words);
      const { explain } = await import('../../scenarios/index.ts');
      const explained = explain(word, topic);
      if (!explained.found) {
        const { nearest } = explained;
        throw new CommandError(
          ExitCode.BadUsage,
          `nothing here is called '${word}'`,
          nearest.length > 0
            ? `did you mean ${nearest.join(' or ')}?`
            : `see anycastle list ${topic ?? 'metrics'}`,
        );
      }
      if (terminal.json) {
        terminal.print(JSON.stringify(explained.explanations, null, 2));
        return;
      }
      for (const { topic: where, name, lines } of explained.explanations) {
        terminal.print(`${terminal.palette.strong(escapeLine(name))}  (${where})`);
        for (const line of lines) terminal.print(wrapLine(`  ${escapeLine(line)}`, terminal.width));
      }
    });
}

function asked(words: readonly string[]): {
  readonly word: string;
  readonly topic: GlossaryTopic | undefined;
} {
  const [first, second, ...more] = words;
  if (second === undefined) return { word: first!, topic: undefined };
  const topic = TOPIC_WORDS[first!];
  if (topic !== undefined && more.length === 0) return { word: second, topic };
  throw new CommandError(
    ExitCode.BadUsage,
    `explain takes one word, not '${words.join(' ')}'`,
    `or two of which the first is ${Object.keys(TOPIC_WORDS).join(', ')}`,
  );
}
