/** A backend by its id, or another director. */
export type DirectorNode =
  | { readonly backend: string; readonly weight?: number }
  | (DirectorSpec & { readonly weight?: number });

export interface DirectorSpec {
  /**
   * `random` draws by weight; `fallback` takes the first healthy member; `hash` and `client` choose
   * by weight from the key hash (of the object, or of who asks: the caller hashes one or the
   * other); `chash` is a ring.
   */
  readonly type: 'random' | 'fallback' | 'hash' | 'client' | 'chash';
  readonly members: readonly DirectorNode[];
  /** Per cent of the weight that must be healthy for the director to be; any one when absent. */
  readonly quorum?: number;
  /** Points of a member on the ring of `chash`; 256 when absent. */
  readonly vnodesPerNode?: number;
  /** Of the ring of `chash`; 0 when absent. */
  readonly seed?: number;
}
