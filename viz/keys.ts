/** What a key does. The table below is the only place that says which key that is. */
export type KeyAction =
  | 'play'
  | 'bin-next'
  | 'bin-previous'
  | 'event-next'
  | 'event-previous'
  | 'own-event-next'
  | 'own-event-previous'
  | 'to-start'
  | 'to-end'
  | 'slower'
  | 'faster'
  | 'time-in'
  | 'time-out'
  | 'time-left'
  | 'time-right'
  | 'reset'
  | 'zoom-in'
  | 'zoom-out'
  | 'pan-up'
  | 'pan-down'
  | 'pan-left'
  | 'pan-right'
  | 'compare'
  | 'swap'
  | 'difference'
  | 'find'
  | 'hide'
  | 'pin'
  | 'labels'
  | 'theme'
  | 'export'
  | 'table'
  | 'keys'
  | 'palette'
  | 'dismiss'
  | `view-${number}`;

export interface KeyBinding {
  /** As `keyName` spells a keyboard event: `Shift+ArrowLeft`, `Mod+k` (Ctrl or ⌘). */
  readonly key: string;
  readonly action: KeyAction;
  /** In the palette and in the list of keys. */
  readonly meaning: string;
  readonly group:
    | 'Playback'
    | 'Time axis'
    | 'Map and schematic'
    | 'Views'
    | 'Find and keep'
    | 'Page';
}

export const KEY_BINDINGS: readonly KeyBinding[] = [
  { key: 'Space', action: 'play', meaning: 'Play or pause', group: 'Playback' },
  { key: 'ArrowRight', action: 'bin-next', meaning: 'One bin later', group: 'Playback' },
  { key: 'ArrowLeft', action: 'bin-previous', meaning: 'One bin earlier', group: 'Playback' },
  { key: 'Shift+ArrowRight', action: 'event-next', meaning: 'Next event', group: 'Playback' },
  {
    key: 'Shift+ArrowLeft',
    action: 'event-previous',
    meaning: 'Previous event',
    group: 'Playback',
  },
  { key: '.', action: 'own-event-next', meaning: 'Next event of the selection', group: 'Playback' },
  {
    key: ',',
    action: 'own-event-previous',
    meaning: 'Previous event of the selection',
    group: 'Playback',
  },
  { key: 'Home', action: 'to-start', meaning: 'To the start', group: 'Playback' },
  { key: 'End', action: 'to-end', meaning: 'To the end', group: 'Playback' },
  { key: '[', action: 'slower', meaning: 'Slower', group: 'Playback' },
  { key: ']', action: 'faster', meaning: 'Faster', group: 'Playback' },
  { key: 'w', action: 'time-in', meaning: 'Zoom in on time', group: 'Time axis' },
  { key: 's', action: 'time-out', meaning: 'Zoom out of time', group: 'Time axis' },
  { key: 'a', action: 'time-left', meaning: 'Earlier part of the story', group: 'Time axis' },
  { key: 'd', action: 'time-right', meaning: 'Later part of the story', group: 'Time axis' },
  { key: '0', action: 'reset', meaning: 'Whole map, whole story', group: 'Time axis' },
  { key: '+', action: 'zoom-in', meaning: 'Zoom in', group: 'Map and schematic' },
  { key: '-', action: 'zoom-out', meaning: 'Zoom out', group: 'Map and schematic' },
  { key: 'W', action: 'pan-up', meaning: 'Look further up', group: 'Map and schematic' },
  { key: 'A', action: 'pan-left', meaning: 'Look further left', group: 'Map and schematic' },
  { key: 'S', action: 'pan-down', meaning: 'Look further down', group: 'Map and schematic' },
  { key: 'D', action: 'pan-right', meaning: 'Look further right', group: 'Map and schematic' },
  { key: 'c', action: 'compare', meaning: 'Compare two strategies', group: 'Views' },
  { key: 'x', action: 'swap', meaning: 'Swap the two strategies', group: 'Views' },
  { key: 'v', action: 'difference', meaning: 'Show the difference', group: 'Views' },
  { key: 'T', action: 'table', meaning: 'Picture or table', group: 'Views' },
  { key: 'f', action: 'find', meaning: 'Find an entity', group: 'Find and keep' },
  { key: 'h', action: 'hide', meaning: 'Hide by expression', group: 'Find and keep' },
  { key: 'p', action: 'pin', meaning: 'Pin or unpin the selection', group: 'Find and keep' },
  { key: 'l', action: 'labels', meaning: 'Labels on or off', group: 'Page' },
  { key: 't', action: 'theme', meaning: 'Light or dark', group: 'Page' },
  { key: 'e', action: 'export', meaning: 'Export what is shown', group: 'Page' },
  { key: '?', action: 'keys', meaning: 'This list of keys', group: 'Page' },
  { key: 'Mod+k', action: 'palette', meaning: 'Command palette', group: 'Page' },
  { key: 'Escape', action: 'dismiss', meaning: 'Close, clear the selection', group: 'Page' },
];

export interface KeyStroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * The name of a keystroke as the table spells it. Shift counts by what it types (`?`, `T`) where
 * the key types something, and by name (`Shift+ArrowLeft`) where it does not.
 */
export function keyName({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyStroke): string {
  const plain = key === ' ' ? 'Space' : key;
  const types = key.length === 1 && key !== ' ';
  const isMod = ctrlKey || metaKey;
  const parts = [isMod ? 'Mod' : '', altKey ? 'Alt' : '', shiftKey && !types ? 'Shift' : ''];
  return [...parts.filter(Boolean), isMod && types ? plain.toLowerCase() : plain].join('+');
}

/** What a keystroke does; null = nothing of ours. `1` … `9` are the views in their order. */
export function actionOf(stroke: KeyStroke): KeyAction | null {
  const name = keyName(stroke);
  if (/^[1-9]$/.test(name)) return `view-${Number(name)}`;
  return KEY_BINDINGS.find(({ key }) => key === name)?.action ?? null;
}

const GLYPHS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Mod: 'Ctrl/⌘',
  A: 'Shift A',
  D: 'Shift D',
  S: 'Shift S',
  T: 'Shift T',
  W: 'Shift W',
};

/** A key's name for people: `Shift ←`, `Ctrl/⌘ K`. */
export function keyLabel(name: string): string {
  const parts = name.length === 1 ? [name] : name.split('+');
  return parts.map((part) => GLYPHS[part] ?? (parts.length > 1 ? capital(part) : part)).join(' ');
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
