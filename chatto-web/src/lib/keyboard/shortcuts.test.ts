import { describe, expect, it } from 'vitest';
import { keyNames, SHORTCUTS, shortcutIn, type ShortcutPlace } from './shortcuts';

const NONE = { code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const PLACES = Object.keys(SHORTCUTS) as ShortcutPlace[];

describe('shortcuts', () => {
  it('are found by their keys alone', () => {
    expect(shortcutIn('everywhere', { ...NONE, key: 'k', ctrlKey: true }, false)).toBe('switcher');
    expect(shortcutIn('everywhere', { ...NONE, key: 'k' }, false)).toBeUndefined();
    expect(
      shortcutIn('everywhere', { ...NONE, key: 'k', ctrlKey: true, altKey: true }, false),
    ).toBeUndefined();
    expect(shortcutIn('everywhere', { ...NONE, key: 'ArrowDown', altKey: true }, false)).toBe('nextRoom');
    expect(shortcutIn('everywhere', { ...NONE, key: 'ArrowDown', altKey: true, shiftKey: true }, false)).toBe(
      'nextUnread',
    );
    expect(shortcutIn('writing', { ...NONE, key: 'Enter', shiftKey: true }, false)).toBe('newLine');
  });

  it('use Command on Apple and leave Control to the system there', () => {
    expect(shortcutIn('formatting', { ...NONE, key: 'b', metaKey: true }, true)).toBe('bold');
    expect(shortcutIn('formatting', { ...NONE, key: 'b', ctrlKey: true }, true)).toBeUndefined();
    expect(keyNames('Mod+Shift+X', true)).toEqual(['⌘', '⇧', 'X']);
    expect(keyNames('Mod+Alt+ArrowUp', false)).toEqual(['Ctrl', 'Alt', '↑']);
  });

  it('take signs and digits as keyboards differ', () => {
    expect(shortcutIn('everywhere', { ...NONE, key: '?', shiftKey: true }, false)).toBe('help');
    expect(shortcutIn('everywhere', { ...NONE, key: '?' }, false)).toBe('help');
    expect(
      shortcutIn('formatting', { ...NONE, key: '(', code: 'Digit8', ctrlKey: true, shiftKey: true }, false),
    ).toBe('list');
  });

  it('mean one thing each in their place', () => {
    for (const place of PLACES) {
      const keys = Object.values(SHORTCUTS[place]).flatMap(
        (shortcut: { keys: readonly string[] }) => shortcut.keys,
      );
      expect(new Set(keys).size, place).toBe(keys.length);
    }
  });

  it('of writing and of everywhere do not get into each other’s way', () => {
    const everywhere = Object.values(SHORTCUTS.everywhere).flatMap(({ keys }): readonly string[] => keys);
    const inText = [SHORTCUTS.writing, SHORTCUTS.formatting].flatMap((place) =>
      Object.values(place).flatMap(({ keys }: { keys: readonly string[] }) => keys),
    );

    expect(inText.filter((keys) => everywhere.includes(keys))).toEqual([]);
  });
});
