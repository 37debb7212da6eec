// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PresenceChoice, PresenceState } from '../api/types';
import { Presence } from './presence.svelte';

interface Watch {
  userIds: string[];
}

describe('Presence', () => {
  let said: Watch[];
  let chosen: PresenceChoice[];
  let refuse: boolean;
  let presence: Presence;

  beforeEach(() => {
    vi.useFakeTimers();
    said = [];
    chosen = [];
    refuse = false;
    presence = new Presence(
      {
        choosePresence: async (choice) => {
          chosen.push(choice);
          return refuse ? await Promise.reject(new Error('away')) : { state: 'online', choice };
        },
      },
      (frame) => said.push(frame as Watch),
    );
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  /** A view that shows some people, until it is taken down. */
  function show(...ids: string[]): { states: (PresenceState | undefined)[]; remove: () => void } {
    const view: { states: (PresenceState | undefined)[]; remove: () => void } = {
      states: [],
      remove: () => undefined,
    };
    view.remove = $effect.root(() => {
      $effect(() => {
        view.states = ids.map((id) => presence.of(id));
      });
    });
    flushSync();
    return view;
  }

  function settle(): void {
    vi.advanceTimersByTime(200);
  }

  function change(userId: string, state: PresenceState): void {
    presence.apply({ type: 'presence.changed', presences: [{ userId, state }] });
    flushSync();
  }

  it('watches whom views show, with one frame for all that appear together', () => {
    const view = show('ada', 'ben');
    show('ada', 'cleo');
    settle();

    expect(said).toEqual([{ type: 'presence.watch', userIds: ['ada', 'ben', 'cleo'] }]);
    expect(view.states).toEqual([undefined, undefined]);
    change('ben', 'away');
    expect(view.states).toEqual([undefined, 'away']);
    view.remove();
  });

  it('goes on watching those who went out of sight, for they may come back', async () => {
    const view = show('ada');
    settle();
    change('ada', 'online');
    view.remove();
    await Promise.resolve();

    const again = show('ada');
    settle();

    expect(said).toHaveLength(1);
    expect(again.states).toEqual(['online']);
    again.remove();
  });

  it('gives up those who were out of sight for longest', async () => {
    const first = show('first');
    settle();
    change('first', 'online');
    first.remove();
    await Promise.resolve();
    const crowd = show(...Array.from({ length: 250 }, (_, index) => `u${index}`));
    settle();

    expect(said.at(-1)?.userIds).toHaveLength(250);
    expect(said.at(-1)?.userIds).not.toContain('first');
    const again = show('first');
    expect(again.states).toEqual([undefined]);
    crowd.remove();
    again.remove();
  });

  it('never asks for more than the server tells of', () => {
    const crowd = show(...Array.from({ length: 600 }, (_, index) => `u${index}`));
    settle();

    expect(said.at(-1)?.userIds).toHaveLength(500);
    crowd.remove();
  });

  it('tells each new connection whom it shows', () => {
    const view = show('ada');
    settle();

    presence.ready('doNotDisturb');

    expect(said).toHaveLength(2);
    expect(said[1]?.userIds).toEqual(['ada']);
    expect(presence.choice).toBe('doNotDisturb');
    view.remove();
  });

  it('shows a choice at once and takes it back when the server refuses', async () => {
    const accepted = presence.choose('away');
    expect(presence.choice).toBe('away');
    await accepted;

    refuse = true;
    await expect(presence.choose('offline')).rejects.toThrow('away');

    expect(presence.choice).toBe('away');
    expect(chosen).toEqual(['away', 'offline']);
  });

  it('follows what was chosen on another device', () => {
    presence.apply({ type: 'presence.chosen', choice: 'offline' });

    expect(presence.choice).toBe('offline');
  });

  it('forgets everything with the session', () => {
    const view = show('ada');
    settle();
    change('ada', 'online');

    presence.clear();
    flushSync();

    expect(view.states).toEqual([undefined]);
    view.remove();
  });
});
