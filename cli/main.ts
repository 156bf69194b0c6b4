#!/usr/bin/env node
/**
 * The `anycastle` command. Ends with the code of `exit-code.ts`; never shows a stack trace.
 */
import { runCommandLine } from './program.ts';
import { surviveClosedPipes } from './terminal/terminal.ts';

surviveClosedPipes();
const exitCode = await runCommandLine(process.argv.slice(2));
process.exitCode = exitCode;
// Workers or sockets that were left open must not keep the shell waiting; both streams are flushed.
process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
