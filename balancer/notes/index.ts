export { policyNotes } from './catalogue.ts';
export { healthNotes, type HealthNotes } from './health.ts';
export type { PolicyFamily, PolicyNotes } from './policy-notes.ts';
