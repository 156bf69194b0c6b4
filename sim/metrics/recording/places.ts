import type { MetroAttributes, NodeAttributes } from '../../../topology/index.ts';
import type { RecordedRegion } from '../../recording.ts';
import type { WorldSpec } from '../../world.ts';

type Attributes<Kind extends NodeAttributes['kind']> = Extract<NodeAttributes, { kind: Kind }>;

/** What the map says of the POPs and regions of a world, by name: cities, places, networks. */
export class Places {
  readonly #nodes = new Map<string, NodeAttributes>();
  readonly #pops = new Map<string, Attributes<'pop'>>();
  readonly #regions = new Map<string, Attributes<'region'>>();

  constructor({ network }: WorldSpec) {
    for (const { key, attributes } of network?.nodes ?? []) {
      if (attributes === undefined) continue;
      this.#nodes.set(key, attributes);
      if (attributes.kind === 'pop') this.#pops.set(attributes.name, attributes);
      if (attributes.kind === 'region') this.#regions.set(attributes.name, attributes);
    }
  }

  /** Label, place and country of a POP; only its name where there is no map. */
  pop(name: string): Omit<RecordedRegion, 'weight'> {
    const pop = this.#pops.get(name);
    if (pop === undefined) return nowhere(name);
    return {
      name,
      label: this.#metro(pop.metro)?.city ?? name,
      latitude: pop.latitude,
      longitude: pop.longitude,
      country: pop.country,
      continent: pop.continent,
    };
  }

  region(name: string): RecordedRegion {
    const region = this.#regions.get(name);
    if (region === undefined) return { ...nowhere(name), weight: 0 };
    const metro = this.#metro(region.metro);
    const network = this.#nodes.get(region.as);
    const parts = [metro?.city ?? region.metro, network?.kind === 'as' ? network.name : ''];
    return {
      name,
      label: parts.filter((part) => part !== '').join(' · '),
      latitude: metro?.latitude ?? null,
      longitude: metro?.longitude ?? null,
      country: region.country,
      continent: region.continent,
      weight: region.populationShare,
    };
  }

  #metro(key: string): MetroAttributes | null {
    const node = this.#nodes.get(key);
    return node?.kind === 'metro' ? node : null;
  }
}

function nowhere(name: string): Omit<RecordedRegion, 'weight'> {
  const unknown = { latitude: null, longitude: null, country: null, continent: null };
  return { name, label: name, ...unknown };
}
