import { Command } from '@commander-js/extra-typings';
import type { CommandContext } from '../command-context.ts';

/** `anycastle schema`: the JSON Schema of scenario files, for editors. */
export function schemaCommand(context: CommandContext) {
  return new Command('schema')
    .description('print the JSON Schema of scenario files, for editors')
    .action(async () => {
      const { scenarioJsonSchema } = await import('../../scenarios/index.ts');
      context.terminal().print(JSON.stringify(scenarioJsonSchema(), null, 2));
    });
}
