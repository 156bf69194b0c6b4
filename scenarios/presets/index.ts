export { presetNamed, presetNames, presets } from './catalogue.ts';
