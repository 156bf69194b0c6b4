export { DirectorPolicy } from './director.ts';
export type { DirectorNode, DirectorSpec } from './director-spec.ts';
