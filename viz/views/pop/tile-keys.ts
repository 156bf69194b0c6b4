/** One stop of Tab for many tiles; arrows go from one to the next as they lie on the screen. */
export function attachTileKeys(grid: HTMLElement): () => void {
  const tiles = (): HTMLElement[] => [...grid.querySelectorAll<HTMLElement>('[data-tile]')];
  const focus = (tile: HTMLElement | undefined): void => {
    if (tile === undefined) return;
    for (const other of tiles()) other.tabIndex = other === tile ? 0 : -1;
    tile.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = tiles();
    const at = all.findIndex((tile) => tile === event.target);
    if (at < 0) return;
    const next = neighbour(all, at, event.key);
    if (next === null) return;
    focus(all[next]);
    event.preventDefault();
  };
  grid.addEventListener('keydown', onKeyDown);
  return () => grid.removeEventListener('keydown', onKeyDown);
}

/** Where an arrow leads from a tile: its position; null for keys that are none. */
function neighbour(tiles: readonly HTMLElement[], at: number, key: string): number | null {
  const last = tiles.length - 1;
  if (key === 'ArrowRight') return Math.min(at + 1, last);
  if (key === 'ArrowLeft') return Math.max(at - 1, 0);
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return null;
  const here = tiles[at]!.getBoundingClientRect();
  const rows = tiles.map((tile, i) => ({ i, box: tile.getBoundingClientRect() }));
  const ahead = rows.filter(({ box }) =>
    key === 'ArrowDown' ? box.top > here.top + 1 : box.top < here.top - 1,
  );
  const distance = ({ box }: (typeof rows)[number]): number =>
    Math.abs(box.top - here.top) * 1000 + Math.abs(box.left - here.left);
  return ahead.sort((a, b) => distance(a) - distance(b) || a.i - b.i)[0]?.i ?? at;
}
