import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CommandError, ExitCode } from '../exit-code.ts';
import { formatCount } from '../terminal/numbers.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readBundle } from './bundle.ts';
import { embedPieces } from './embedded-pieces.ts';
import { selfContainedPage } from './self-contained-page.ts';
import type { ViewSource } from './view-source.ts';

/** What mail servers and browsers still bear. */
const REPORT_BYTES_MAX = 64 * 1024 * 1024;

/**
 * `view --export FILE`: page and data in one file. Fine levels of recordings are left out, finest
 * first, until it is small enough; what was left out is said, here and on the page.
 */
export async function exportReport(
  source: ViewSource,
  file: string,
  terminal: Terminal,
): Promise<void> {
  const bundle = readBundle();
  const page = selfContainedPage(bundle);
  const data = await embedPieces(source.pieces(), REPORT_BYTES_MAX - page.byteLength);
  if (data === null) {
    throw new CommandError(
      ExitCode.InputOutput,
      'the report is larger than 64 MiB even without recordings',
      'serve it instead: anycastle view DIR',
    );
  }
  const text = page.withData(data.elements);
  await writeFile(file, text);
  for (const omission of data.omissions) terminal.say(`left out: ${omission}`);
  terminal.say(`${formatCount(Buffer.byteLength(text))}B, opens without network`);
  terminal.print(resolve(file));
}
