import { decodeChunk, type ChunkShape } from './decode-chunk.ts';

/** Checks chunks away from the page's thread; bytes go there and back without being copied. */
export interface DecodeOrder {
  readonly order: number;
  readonly bytes: ArrayBuffer;
  readonly shape: ChunkShape;
}

export interface DecodeAnswer {
  readonly order: number;
  readonly bytes: ArrayBuffer;
  /** null = sound. */
  readonly problem: string | null;
}

interface WorkerScope {
  onmessage: ((event: MessageEvent<DecodeOrder>) => void) | null;
  postMessage(answer: DecodeAnswer, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;
scope.onmessage = ({ data: { order, bytes, shape } }) => {
  let problem: string | null = null;
  try {
    decodeChunk(bytes, shape);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  scope.postMessage({ order, bytes, problem }, [bytes]);
};
