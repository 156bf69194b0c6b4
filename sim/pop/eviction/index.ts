import type { EvictionDefinition } from '../object-cache.ts';
import { lru } from './lru.ts';

/** The catalogue of eviction policies: to add one, write its file and name it here. */
export const evictionPolicies: readonly EvictionDefinition[] = [lru];
