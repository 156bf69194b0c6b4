export { worlds, type WorldDefinition } from './worlds.ts';
