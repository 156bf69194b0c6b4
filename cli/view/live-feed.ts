/** What a page that watches a run is told, in the format of server-sent events. */
export interface LiveEvent {
  /** `progress`, `data`, `end`; see `live-source.ts` for what each carries. */
  readonly event: string;
  /** JSON on one line. */
  readonly data: string;
}

/** Where events for one page go. */
export interface LiveClient {
  /** Resolves when the event has left for the network. */
  write(event: LiveEvent): Promise<unknown>;
  drop(): void;
}

/** A page that does not read costs this much memory, then its connection. */
export const BUFFERED_BYTES_MAX = 1024 * 1024;

/** Events from one source to every page that listens; none can hold up another, or the source. */
export class LiveFeed {
  readonly #buffered = new Map<LiveClient, number>();
  readonly #greeting: () => LiveEvent;
  #ended = false;

  /** `greeting`: what everybody hears first, the state of things. */
  constructor(greeting: () => LiveEvent) {
    this.#greeting = greeting;
  }

  get clientCount(): number {
    return this.#buffered.size;
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  /** Returns what ends the subscription. */
  subscribe(client: LiveClient): () => void {
    this.#buffered.set(client, 0);
    this.#sendTo(client, this.#greeting());
    return () => this.#buffered.delete(client);
  }

  send(event: LiveEvent): void {
    if (event.event === 'end') this.#ended = true;
    for (const client of this.#buffered.keys()) this.#sendTo(client, event);
  }

  #sendTo(client: LiveClient, event: LiveEvent): void {
    const bytes = Buffer.byteLength(event.data) + event.event.length;
    const buffered = this.#buffered.get(client)! + bytes;
    if (buffered > BUFFERED_BYTES_MAX) {
      this.#buffered.delete(client);
      client.drop();
      return;
    }
    this.#buffered.set(client, buffered);
    const settle = (): void => {
      const now = this.#buffered.get(client);
      if (now !== undefined) this.#buffered.set(client, now - bytes);
    };
    client.write(event).then(settle, settle);
  }
}
