import { expect, it } from 'vitest';
import { fuzzyScore } from '../../viz/controls/find-entities.ts';
import { isHidden } from '../../viz/hide.ts';
import { actionOf, KEY_BINDINGS, keyLabel, type KeyStroke } from '../../viz/keys.ts';

const stroke = (key: string, held: Partial<KeyStroke> = {}): KeyStroke => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

it('every key of the table does what the table says', () => {
  for (const { key, action } of KEY_BINDINGS) {
    const parts = key.length === 1 ? [key] : key.split('+');
    const typed = parts.at(-1)!;
    const held = {
      ctrlKey: parts.includes('Mod'),
      shiftKey: parts.includes('Shift') || /^[A-Z?]$/.test(typed),
    };
    expect(actionOf(stroke(typed === 'Space' ? ' ' : typed, held)), key).toBe(action);
  }
});

it('no key has two meanings, and every one has words', () => {
  const keys = KEY_BINDINGS.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(KEY_BINDINGS.every(({ meaning }) => meaning.length > 3)).toBe(true);
});

it('tells keys with and without modifiers apart', () => {
  expect(actionOf(stroke('k', { metaKey: true }))).toBe('palette');
  expect(actionOf(stroke('K', { ctrlKey: true, shiftKey: true }))).toBe('palette');
  expect(actionOf(stroke('k'))).toBeNull();
  expect(actionOf(stroke('c', { ctrlKey: true }))).toBeNull();
  expect(actionOf(stroke('ArrowLeft', { altKey: true }))).toBeNull();
  expect(actionOf(stroke('3'))).toBe('view-3');
  expect(actionOf(stroke('0'))).toBe('reset');
});

it('spells keys for people', () => {
  expect(['Mod+k', 'Shift+ArrowLeft', 'T', '?', 'Escape', '+', 'W'].map(keyLabel)).toEqual([
    'Ctrl/⌘ K',
    'Shift ←',
    'Shift T',
    '?',
    'Esc',
    '+',
    'Shift W',
  ]);
});

it('finds by letters: the name itself, then a beginning, then letters in order', () => {
  const scores = ['fra', 'fra-ams', 'infra', 'f-x-r-a'].map((text) => fuzzyScore('fra', text)!);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(new Set(scores).size).toBe(4);
  expect(fuzzyScore('fra', 'arf')).toBeNull();
  expect(fuzzyScore('', 'anything')).toBe(0);
});

it('hides what an expression matches', () => {
  expect(isHidden('', 'pop/fra')).toBe(false);
  expect(isHidden('fra', 'pop/fra')).toBe(true);
  expect(isHidden('pop/fra', 'link/fra')).toBe(false);
  expect(isHidden('link/lhr-*, pop/a*s', 'link/lhr-jfk')).toBe(true);
  expect(isHidden('link/lhr-*, pop/a*s', 'pop/ams')).toBe(true);
  expect(isHidden('a*a', 'pop/a')).toBe(false);
  expect(isHidden('*', 'region/x')).toBe(true);
  expect(isHidden(' , ', 'region/x')).toBe(false);
});
