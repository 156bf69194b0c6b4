import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { ServerHistory } from '../../data/server-history.ts';
import type { Dashboard } from '../../view.ts';
import type { PopFocus } from './pop-focus.ts';

/** What a page of this view is made of. */
export interface PopPageInputs {
  readonly dashboard: Dashboard;
  readonly player: RecordingPlayer;
  readonly history: ServerHistory;
  readonly focus: PopFocus;
}

/** A new element of a page, after those it has. */
export function child(parent: HTMLElement, className: string): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  parent.append(element);
  return element;
}
