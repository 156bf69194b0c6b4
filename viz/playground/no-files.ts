/**
 * Stands in for `node:module` and `node:zlib` in the page: what needs them reads maps from files,
 * and a page has none.
 */
const refuse = (): never => {
  throw new Error('a map in a file cannot be read in the page');
};

export const createRequire = (): (() => never) => refuse;
export const gunzipSync = refuse;
