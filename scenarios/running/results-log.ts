import { open as openFile, type FileHandle } from 'node:fs/promises';
import { asFolderError } from './folder-error.ts';
import { decodeLine, type ResultsLine } from './results-line.ts';

export const RESULTS_FILE = 'results.jsonl';

/** What the log needs of an open file; a test may hand in a disk that is full. */
export type LogFile = Pick<FileHandle, 'write' | 'datasync' | 'truncate' | 'close'>;

export interface LogContents {
  readonly lines: readonly ResultsLine[];
  /** Bytes of the valid prefix. */
  readonly validBytes: number;
  /** Bytes after it: a torn or damaged tail. */
  readonly damagedBytes: number;
}

/**
 * Splits the bytes of a log into its valid prefix and the rest. A line counts when its newline is
 * there and its checksum holds; nothing after the first that does not is believed.
 */
export function parseLog(bytes: Buffer): LogContents {
  const lines: ResultsLine[] = [];
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0) break;
    const text = bytes.toString('utf8', start, end);
    // Damage inside a character decodes to U+FFFD, which would be re-encoded to other bytes: the
    // checksum over the text catches that, but not a different number of bytes.
    const line = Buffer.byteLength(text) === end - start ? decodeLine(text) : null;
    if (line === null) break;
    lines.push(line);
    start = end + 1;
  }
  return { lines, validBytes: start, damagedBytes: bytes.length - start };
}

/**
 * Appends finished replications, each durable before its promise resolves. A failed write is undone
 * (the file ends after the last whole line) and reported with the bytes that were needed.
 */
export class ResultsLog {
  readonly #file: LogFile;
  #length: number;
  /** Writes go one after the other; a failed one fails all after it. */
  #last: Promise<void> = Promise.resolve();

  constructor(file: LogFile, length: number) {
    this.#file = file;
    this.#length = length;
  }

  /** Opens for appending after `validBytes`, cutting off what follows. */
  static async open(path: string, validBytes: number): Promise<ResultsLog> {
    try {
      const file = await openFile(path, validBytes === 0 ? 'w' : 'r+');
      await file.truncate(validBytes);
      await file.datasync();
      return new ResultsLog(file, validBytes);
    } catch (error) {
      throw asFolderError(error, `opening ${path}`);
    }
  }

  /** `line` is an encoded line without newline. */
  append(line: string): Promise<void> {
    this.#last = this.#last.then(() => this.#write(Buffer.from(`${line}\n`, 'utf8')));
    // Whoever awaits hears of the failure; this keeps Node from reporting it a second time.
    this.#last.catch(() => undefined);
    return this.#last;
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    await this.#file.close();
  }

  async #write(bytes: Buffer): Promise<void> {
    try {
      for (let written = 0; written < bytes.length;) {
        const { bytesWritten } = await this.#file.write(
          bytes,
          written,
          bytes.length - written,
          this.#length + written,
        );
        written += bytesWritten;
      }
      await this.#file.datasync();
      this.#length += bytes.length;
    } catch (error) {
      await this.#file.truncate(this.#length).catch(() => undefined);
      throw asFolderError(error, `${bytes.length} bytes were needed for one replication`);
    }
  }
}
