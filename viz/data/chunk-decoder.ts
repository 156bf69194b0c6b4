import { columnsOf, decodeChunk, type ChunkShape, type DecodedChunk } from './decode-chunk.ts';
import type { DecodeAnswer, DecodeOrder } from './decode-worker.ts';

/** Decodes chunks; rejects with an Error that names a corrupted one. */
export type ChunkDecoder = (bytes: ArrayBuffer, shape: ChunkShape) => Promise<DecodedChunk>;

/** In the page itself: an exported file's policy allows no worker. */
export const decodeInline: ChunkDecoder = async (bytes, shape) => decodeChunk(bytes, shape);

/** In a worker, which is started here. Falls back on the page's thread where none can start. */
export function createWorkerDecoder(): ChunkDecoder {
  const waiting = new Map<number, (answer: DecodeAnswer) => void>();
  let hasFailed = false;
  let orders = 0;
  const worker = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<DecodeAnswer>) => {
    waiting.get(data.order)?.(data);
    waiting.delete(data.order);
  };
  worker.onerror = () => {
    hasFailed = true;
    // Bytes that were handed over are lost with the worker: their chunks are loaded again.
    for (const [order, answer] of waiting) {
      answer({ order, bytes: new ArrayBuffer(0), problem: 'the decoding worker did not start' });
    }
    waiting.clear();
  };
  return async (bytes, shape) => {
    if (hasFailed) return decodeChunk(bytes, shape);
    const order: DecodeOrder = { order: orders++, bytes, shape };
    const answer = await new Promise<DecodeAnswer>((resolve) => {
      waiting.set(order.order, resolve);
      worker.postMessage(order, [bytes]);
    });
    if (answer.problem !== null) throw new Error(answer.problem);
    return columnsOf(answer.bytes, shape);
  };
}
