export { presetNamed, presetNames, presets, type Preset } from './catalogue.ts';
