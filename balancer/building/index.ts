export { BuiltPolicy, type BuiltPolicyListener } from './built-policy.ts';
export { TableBuilder, type BuildListener, type BuildSettings } from './table-builder.ts';
export { UpdateMerger } from './update-merger.ts';
export { PoolSnapshot } from './pool-snapshot.ts';
