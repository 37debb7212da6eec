import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodePreferences, type Preferences as Facts } from '../api/personal';
import { Preferences } from './preferences.svelte';

const sent: Partial<Facts>[] = [];
let away = false;
const server = {
  preferences: () => Promise.resolve(decodePreferences({ recentEmoji: ['🎉', '🚀'] }, '')),
  prefer: (change: Partial<Facts>) => {
    if (away) return Promise.reject(new Error('away'));
    sent.push(change);
    return Promise.resolve();
  },
};

beforeEach(() => {
  vi.useFakeTimers();
  sent.length = 0;
  away = false;
});

afterEach(() => vi.useRealTimers());

describe('preferences', () => {
  it('put the emoji used last first, each once', async () => {
    const preferences = new Preferences(server);
    await preferences.load();

    preferences.used('🚀');
    preferences.used('👀');

    expect(preferences.facts.recentEmoji).toEqual(['👀', '🚀', '🎉']);
  });

  it('are told together, and again when the server was away', async () => {
    const preferences = new Preferences(server);
    await preferences.load();
    away = true;
    preferences.visited('R1');
    await vi.advanceTimersByTimeAsync(10);
    away = false;
    preferences.change({ emojiTone: 2 });
    await vi.advanceTimersByTimeAsync(4_000);

    expect(sent).toEqual([{ lastRoomId: 'R1', emojiTone: 2 }]);
  });
});
