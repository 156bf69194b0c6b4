/** The views in the order of the top bar, as addresses name them: keys 1 … 9. */
export const VIEWS = [
  'map',
  'schematic',
  'timeline',
  'compare',
  'pop',
  'balancer',
  'requests',
  'report',
  'playground',
] as const;
