/** The few functions of jstat 1.9 that are used; the package ships no types. */
declare module 'jstat' {
  interface Distribution {
    inv(probability: number, ...parameters: number[]): number;
    cdf(x: number, ...parameters: number[]): number;
  }
  const jstat: { readonly studentt: Distribution; readonly normal: Distribution };
  export default jstat;
}
