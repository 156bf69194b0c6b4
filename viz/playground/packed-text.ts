/**
 * Text as letters that a link may hold: raw deflate (RFC 1951) in base64url (RFC 4648, section 5).
 * Rejects where the browser has no `CompressionStream` for it.
 */
export async function packText(text: string): Promise<string> {
  const bytes = await bytesOf(streamOf(text).pipeThrough(new CompressionStream('deflate-raw')));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** The reverse; rejects for what is no packed text, or more than `charsMax` letters of it. */
export async function unpackText(packed: string, charsMax: number): Promise<string> {
  const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.codePointAt(0)!,
  );
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  // A few letters may stand for a gigabyte: it is never all taken out before it is measured.
  for (const reader = unpacked.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > charsMax) {
      await reader.cancel();
      throw new RangeError(`more than ${charsMax} letters`);
    }
  }
}

const streamOf = (text: string): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new Blob([text]).stream();

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
