import type { Clock } from './clock.ts';
import type { DataSource } from './data/data-source.ts';
import type { Tooltip } from './controls/tooltip.ts';
import type { KeyAction } from './keys.ts';
import type { Store, ViewId } from './store.ts';
import type { TableModel } from './table-model.ts';

/** What every part of the page is given. */
export interface Dashboard {
  readonly store: Store;
  readonly clock: Clock;
  readonly source: DataSource;
  readonly tooltip: Tooltip;
  /** Says something to screen readers, and shows it for a moment. */
  announce(text: string): void;
}

/** One of the views of the top bar. To add one: a file in `views/`, a line in `views/index.ts`. */
export interface View {
  readonly id: ViewId;
  /** In the top bar: one word. */
  readonly title: string;
  /** The question it answers: tooltip and palette. */
  readonly question: string;
  /** Whether it has the whole width (no side panel). */
  readonly isWide?: boolean;
  /**
   * Draws into `container`, which is empty, has a size and is this view's until `unmount`. Whatever
   * depends on signals is drawn in effects that `unmount` disposes of.
   */
  mount(container: HTMLElement, dashboard: Dashboard): MountedView;
  /**
   * The same as a table: what `Shift+T` shows, and what CSV, JSON and Markdown hold. Runs inside an
   * effect: signals that it reads draw the table anew.
   */
  table(dashboard: Dashboard): TableModel;
}

export interface MountedView {
  unmount(): void;
  /** What is shown as one SVG document; absent where there is none. PNG is made of it. */
  svg?(): string;
  /** A key of `keys.ts` that concerns the view (arrows, `0`); true = it has been dealt with. */
  act?(action: KeyAction): boolean;
}
