import { html } from 'lit-html';
import { ENTITY_LISTS, type EntityList, type Store } from '../../store.ts';
import { entityTable } from './figure-sections.ts';
import type { ReportSection } from './report-section.ts';

/** What `selection` calls an entity of each list; null = cannot be selected. */
const KINDS: Readonly<Record<EntityList, string | null>> = {
  pops: 'pop',
  servers: 'server',
  classes: null,
  links: 'link',
  origins: 'origin',
  regions: 'region',
  prefixes: null,
};

/** POPs, servers, links … of the strategy that is shown. */
export function entitySection(store: Store): ReportSection | null {
  const name = store.strategy.value;
  const strategy = store.report.value.summary.strategies[name];
  if (strategy === undefined) return null;
  const lists = ENTITY_LISTS.filter((list) => Object.keys(strategy[list] ?? {}).length > 0);
  const chosen = lists.includes(store.entityList.value) ? store.entityList.value : lists[0];
  if (chosen === undefined) return null;
  const entries = Object.entries(strategy[chosen]);
  return {
    id: 'entities',
    title: `By entity: ${name.slice(0, 60)}`,
    note: `${entries.length} ${chosen}, whole run.`,
    table: entityTable(`${chosen} of ${name}`, chosen, entries, KINDS[chosen]),
    controls: html`<div class="segments" role="group" aria-label="Entities">
      ${lists.map(
        (list) =>
          html`<button
            class="segment"
            aria-pressed=${list === chosen ? 'true' : 'false'}
            @click=${() => void (store.entityList.value = list)}
          >
            ${list === 'pops' ? 'POPs' : list}
          </button>`,
      )}
    </div>`,
  };
}
