export type * from './world.ts';
export type * from './run-result.ts';
export type * from './report.ts';
export { meanOf } from './kernel/moments.ts';
