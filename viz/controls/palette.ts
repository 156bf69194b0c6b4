import { html } from 'lit-html';
import { KEY_BINDINGS, keyLabel, type KeyAction } from '../keys.ts';
import { selectionPath } from '../store.ts';
import type { Dashboard, View } from '../view.ts';
import { entitiesOf, fuzzyScore } from './find-entities.ts';
import { createModal } from './modal.ts';

const SHOWN_MAX = 12;

interface Command {
  readonly title: string;
  readonly note: string;
  run(): void;
}

/** `Ctrl/⌘ K` and `f`: every action, view, strategy and entity by a few letters of its name. */
export function createPalette(
  parent: HTMLElement,
  dashboard: Dashboard,
  views: readonly View[],
  act: (action: KeyAction) => void,
): (prefix?: string) => void {
  const modal = createModal(parent, 'Command palette', 'palette');
  let text = '';
  let chosen = 0;
  const matches = (): readonly Command[] =>
    hideCommand(dashboard, text) ?? matching(commandsOf(dashboard, views, act), text);
  const run = (command: Command | undefined): void => {
    modal.close();
    command?.run();
  };
  const draw = () => {
    const shown = matches();
    chosen = Math.max(0, Math.min(chosen, shown.length - 1));
    return html`<input
        class="palette-input"
        type="text"
        autofocus
        role="combobox"
        aria-label="Find an action or an entity"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant=${shown.length > 0 ? `palette-${chosen}` : ''}
        placeholder="Find a POP, link, region, strategy, action …"
        .value=${text}
        @input=${(event: Event) => type((event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => onKey(event, shown)}
      />
      <ul id="palette-list" class="palette-list" role="listbox" aria-label="Found">
        ${shown.map(
          (command, i) =>
            html`<li
              id="palette-${i}"
              role="option"
              aria-selected=${i === chosen ? 'true' : 'false'}
              @click=${() => run(command)}
            >
              <bdi>${command.title}</bdi><span class="quiet">${command.note}</span>
            </li>`,
        )}
      </ul>
      ${shown.length === 0 ? html`<p class="palette-empty">Nothing of that name.</p>` : ''}`;
  };
  const type = (value: string): void => {
    text = value;
    chosen = 0;
    modal.update(draw());
  };
  const onKey = (event: KeyboardEvent, shown: readonly Command[]): void => {
    if (event.key === 'Enter') run(shown[chosen]);
    else if (event.key === 'ArrowDown') chosen++;
    else if (event.key === 'ArrowUp') chosen--;
    else return;
    event.preventDefault();
    modal.update(draw());
  };
  return (prefix = '') => {
    text = prefix;
    chosen = 0;
    modal.open(draw());
  };
}

/** `hide EXPRESSION`: its only match; null for any other text. */
function hideCommand({ store }: Dashboard, text: string): readonly Command[] | null {
  const expression = /^hide (.*)$/.exec(text)?.[1];
  if (expression === undefined) return null;
  const title = expression === '' ? 'Hide nothing' : `Hide what matches “${expression}”`;
  const note = 'pop/*, link/lhr-*, region/*; several by commas';
  return [{ title, note, run: () => void (store.hidden.value = expression.trim()) }];
}

function matching(commands: readonly Command[], text: string): readonly Command[] {
  return commands
    .flatMap((command) => {
      const { title, note } = command;
      // The name alone, `fra` of `pop/fra`, counts as much as the whole.
      const scores = [title, note, note.slice(note.lastIndexOf('/') + 1), `${title} ${note}`]
        .map((one) => fuzzyScore(text, one))
        .filter((score) => score !== null);
      return scores.length === 0 ? [] : [{ command, score: Math.max(...scores) }];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, SHOWN_MAX)
    .map(({ command }) => command);
}

function commandsOf(
  { store }: Dashboard,
  views: readonly View[],
  act: (action: KeyAction) => void,
): readonly Command[] {
  const index = store.recording.peek()?.index;
  return [
    ...views.map(({ id, title, question }) => ({
      title: `${title} view`,
      note: question,
      run: () => void (store.view.value = id),
    })),
    ...store.report.peek().strategies.map((strategy) => ({
      title: strategy,
      note: 'show this strategy',
      run: () => void (store.strategy.value = strategy),
    })),
    ...KEY_BINDINGS.filter(({ action }) => action !== 'palette').map(
      ({ action, meaning, key }) => ({
        title: meaning,
        note: keyLabel(key),
        run: () => act(action),
      }),
    ),
    ...(index === undefined ? [] : entitiesOf(index)).map(({ selection, label }) => ({
      title: label,
      note: selectionPath(selection),
      run: () => void (store.selection.value = selection),
    })),
  ];
}
