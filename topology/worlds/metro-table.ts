/** The metros of the built-in worlds: where they are, who lives there, how much they ask for. */

import type { Continent, MetroAttributes } from '../attributes.ts';
import { METRO_TABLE } from './metros.ts';

/**
 * Requests that a thousand people cause, relative to Europe: people online (ITU, Facts and Figures
 * 2023: Europe 91 %, Americas 87 %, Asia and Pacific 66 %, Africa 37 %) times what a person online
 * fetches from a worldwide CDN, which is an estimate: content in poorer countries is lighter.
 */
const DEMAND: Readonly<Record<Continent, number>> = {
  africa: 0.15,
  asia: 0.3,
  europe: 1,
  'north-america': 1.2,
  oceania: 1,
  'south-america': 0.6,
};

/** Inside China most content comes from CDNs of its own, which are not modelled. */
const DEMAND_CHINA = 0.03;

/** All metros with their node attributes, ordered by code. */
export function metroTable(): readonly MetroAttributes[] {
  return METRO_TABLE.trim()
    .split('\n')
    .map((row) => {
      const [name, country, continent, latitude, longitude, thousands, ...city] = row.split(' ');
      return {
        kind: 'metro',
        name: name!,
        city: city.join(' '),
        country: country!,
        continent: continent as Continent,
        latitude: Number(latitude),
        longitude: Number(longitude),
        population: Number(thousands) * 1000,
        // Local solar time: 15 degrees an hour, to a tenth of an hour.
        utcOffsetHours: Math.round(Number(longitude) / 1.5) / 10,
      };
    });
}

/** Relative number of requests from a metro. */
export function demand(metro: MetroAttributes): number {
  return metro.population * (metro.country === 'CN' ? DEMAND_CHINA : DEMAND[metro.continent]);
}
