import { worlds } from '../../topology/index.ts';
import { API, VIDEO, WEB_MIX } from './workloads.ts';

/**
 * A part of a scenario that `include: [{ preset: NAME }]` brings; its text is in the same format.
 */
export interface Preset {
  /** `topology/global-24`; `@1` may follow. */
  readonly name: string;
  /** Raised when the text changes what a scenario means; old versions stay. */
  readonly version: number;
  readonly summary: string;
  readonly text: string;
}

/**
 * Every POP of a built-in world: eight servers of 256 slots. A scenario that is about servers says
 * its own.
 */
const topologies: readonly Preset[] = worlds.map((world) => {
  const [name, version = '1'] = world.name.split('@');
  const short = name!.replace(/^topology\//, '');
  return {
    name: `topology/${short}`,
    version: Number(version),
    summary: world.summary,
    text: `network:\n  world: ${short}\n  pops:\n    "*": { servers: 8, concurrency: 256 }\n`,
  };
});

const workload = (name: string, summary: string, text: string): Preset => ({
  name: `workload/${name}`,
  version: 1,
  summary,
  text,
});

export const presets: readonly Preset[] = [
  ...topologies,
  workload('web-mix', 'Pages, scripts, images and some API calls of a typical site.', WEB_MIX),
  workload('api', 'Reads and writes that no cache may answer.', API),
  workload('video', 'Manifests and segments of streamed video.', VIDEO),
];

/** By name, with or without `@version`. */
export function presetNamed(name: string): Preset | undefined {
  return presets.find(
    (preset) => name === preset.name || name === `${preset.name}@${preset.version}`,
  );
}

export function presetNames(): string[] {
  return presets.map(({ name }) => name);
}
