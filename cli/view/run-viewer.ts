import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Terminal } from '../terminal/terminal.ts';
import { readBundle } from './bundle.ts';
import { openSource } from './open-source.ts';
import { openBrowser, whenStopped } from './serve-until-stopped.ts';
import { serveView, type ViewServer } from './server.ts';
import type { ViewSource } from './view-source.ts';

/** How often the manifest is looked for: a person does not notice this. */
const LOOK_MS = 100;

/** The folder of a run that is about to begin: empty until its manifest is there. */
class ComingRun implements ViewSource {
  readonly #dir: string;
  readonly #sinceMs = Date.now();
  #opened: ViewSource | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(dir: string) {
    this.#dir = dir;
  }

  get feed(): ViewSource['feed'] {
    return this.#opened?.feed ?? null;
  }

  pieces(): ReturnType<ViewSource['pieces']> {
    return this.#opened?.pieces() ?? new Map();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#opened?.close();
  }

  /** Resolves when there is something to see. */
  async begun(): Promise<void> {
    while (!this.#hasBegun()) {
      await new Promise((resolve) => (this.#timer = setTimeout(resolve, LOOK_MS)));
    }
    this.#opened = await openSource(this.#dir);
  }

  /** An earlier run's manifest is older. */
  #hasBegun(): boolean {
    try {
      const text = readFileSync(join(this.#dir, 'manifest.json'), 'utf8');
      const { started_at } = JSON.parse(text) as { started_at: string };
      return Date.parse(started_at) >= this.#sinceMs;
    } catch {
      return false;
    }
  }
}

export interface RunViewer {
  /** Goes on showing what was run until Ctrl-C. */
  untilStopped(): Promise<void>;
}

/** `run --view`: serves the results folder from before the run begins. */
export async function startRunViewer(outDir: string, terminal: Terminal): Promise<RunViewer> {
  const source = new ComingRun(outDir);
  const server: ViewServer = await serveView(source, readBundle(), {
    host: 'localhost',
    port: 0,
    allowedHosts: [],
    hasToken: false,
  });
  terminal.say(`watch it at ${server.url}`);
  const begun = source.begun().then(() => {
    if (process.stdout.isTTY) return openBrowser(server.url);
    return undefined;
  });
  // A run that never begins is reported by whoever runs it.
  begun.catch(() => undefined);
  return {
    untilStopped: async () => {
      terminal.say(`still at ${server.url}; Ctrl-C to stop`);
      await whenStopped(server, source);
    },
  };
}
