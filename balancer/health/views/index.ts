export { createActiveView } from './active-view.ts';
export type { HealthView, ViewPorts } from './health-view.ts';
export { PassiveView } from './passive-view.ts';
export type { ActiveCheckSettings, HealthRule } from './settings.ts';
