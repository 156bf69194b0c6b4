/** The part of `seek-bzip` that we use; it ships no types. */
declare module 'seek-bzip' {
  const bzip2: { decode(input: Buffer): Buffer };
  export default bzip2;
}
