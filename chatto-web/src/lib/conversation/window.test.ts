import { describe, expect, it } from 'vitest';
import { ada, ben, message, page } from './fixtures';
import * as window from './window';

const ordinals = (state: window.MessageWindow) => state.messages.map((entry) => entry.ordinal);

describe('a message window', () => {
  it('grows at both ends and knows where the line ends', () => {
    let state = window.fromPage(page(10, 20, 29));
    state = window.prepend(state, page(0, 10, 29));
    state = window.append(state, page(20, 30, 29));

    expect(ordinals(state)).toEqual(Array.from({ length: 30 }, (_, index) => index));
    expect(state).toMatchObject({ hasOlder: false, hasNewer: false });
  });

  it('drops messages at the far end beyond its bound', () => {
    const state = window.prepend(window.fromPage(page(10, 20, 19)), page(0, 10, 19), 15);

    expect(ordinals(state)).toEqual(Array.from({ length: 15 }, (_, index) => index));
    expect(state.hasNewer).toBe(true);

    const back = window.append(state, page(15, 20, 19), 15);
    expect(ordinals(back)).toEqual(Array.from({ length: 15 }, (_, index) => index + 5));
    expect(back).toMatchObject({ hasOlder: true, hasNewer: false });
  });

  it('ignores a page that does not touch it, and the overlap of one that does', () => {
    const state = window.fromPage(page(10, 20, 99));

    expect(window.append(state, page(40, 50, 99))).toBe(state);
    expect(window.prepend(state, page(0, 5, 99))).toBe(state);
    expect(ordinals(window.append(state, page(15, 25, 99)))).toHaveLength(15);
  });

  it('takes the next message only, and only at the head', () => {
    const state = window.fromPage(page(0, 3, 2));

    expect(ordinals(window.post(state, message(3)) ?? state)).toEqual([0, 1, 2, 3]);
    expect(window.post(state, message(4))).toBeUndefined();
    expect(window.post({ ...state, hasNewer: true }, message(3))).toBeUndefined();
    expect(ordinals(window.post(window.EMPTY_WINDOW, message(0)) ?? state)).toEqual([0]);
  });

  it('replaces a message in its place', () => {
    const state = window.replace(window.fromPage(page(5, 8, 7)), message(6, { body: 'new' }));

    expect(state.messages.map((entry) => entry.body)).toEqual(['text 5', 'new', 'text 7']);
    expect(window.indexOf(state, 4)).toBe(-1);
    expect(window.indexOf(state, 8)).toBe(-1);
  });
});

describe('mergeBroadcast', () => {
  const reactions = (mine: boolean, count = 1) => [{ emoji: '👍', count, mine }];

  it('keeps what the viewer knows of their own reactions', () => {
    const known = message(1, { reactions: reactions(true), idempotencyKey: 'k' });
    const merged = window.mergeBroadcast(known, message(1, { reactions: reactions(false, 2) }), ada.id);

    expect(merged.reactions).toEqual(reactions(true, 2));
    expect(merged.idempotencyKey).toBe('k');
  });

  it('changes it when the viewer is the one who acted', () => {
    const change = { emoji: '👍', actorId: ada.id, added: true };
    const broadcast = message(1, { reactions: reactions(false) });

    expect(window.mergeBroadcast(message(1), broadcast, ada.id, change).reactions).toEqual(reactions(true));
    expect(window.mergeBroadcast(message(1), broadcast, ben.id, change).reactions).toEqual(reactions(false));
  });
});
