import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FollowedThreadPage } from '../api/notifications';
import type { LiveEvent } from '../realtime/events';
import { FollowedThreads } from './followed-threads.svelte';
import { followed, message } from './fixtures';

function world() {
  const api = {
    threads: vi.fn(
      async (): Promise<FollowedThreadPage> =>
        await Promise.resolve({
          threads: [followed(8), followed(3, { readOrdinal: 1, unread: 0 })],
          unread: 1,
          nextCursor: undefined,
        }),
    ),
    readThread: vi.fn(async () => await Promise.resolve({ readOrdinal: 1, unread: 0 })),
  };
  return { api, threads: new FollowedThreads(api, () => 'ann') };
}

function reply(root: number, ordinal: number, author = 'ben'): LiveEvent {
  return {
    type: 'message.posted',
    roomId: 'R1',
    message: message(ordinal, {
      threadRoot: root,
      createdAt: '2030-01-01T00:00:00.000Z',
      author: { id: author, login: author, displayName: author, avatarUrl: undefined, status: undefined },
    }),
    root: {
      ordinal: root,
      thread: { following: true, replies: ordinal + 1, lastReplyAt: undefined, participants: [] },
    },
  };
}

describe('the followed threads', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('go to the top and are unread with a new reply', async () => {
    const { threads } = world();
    threads.load();
    await vi.runAllTimersAsync();

    threads.apply(reply(3, 2));
    threads.apply(reply(3, 2));

    expect(threads.list.map((one) => [one.root.ordinal, one.unread])).toEqual([
      [3, 1],
      [8, 2],
    ]);
    expect(threads.unread).toBe(2);
  });

  it('are read with an own reply', async () => {
    const { threads } = world();
    threads.load();
    await vi.runAllTimersAsync();

    threads.apply(reply(8, 2, 'ann'));

    expect(threads.unread).toBe(0);
  });

  it('are read once they were seen, and the server is told of the furthest place', async () => {
    const { api, threads } = world();
    threads.load();
    await vi.runAllTimersAsync();

    threads.markRead('R1', 8, 0);
    threads.markRead('R1', 8, 1);
    threads.markRead('R1', 8, 0);
    threads.markRead('R1', 3, 1);
    await vi.runAllTimersAsync();

    expect(threads.unread).toBe(0);
    expect(api.readThread).toHaveBeenLastCalledWith('R1', 8, 1);
    expect(api.readThread).toHaveBeenCalledTimes(2);
  });

  it('are loaded once for many changes', async () => {
    const { api, threads } = world();
    for (let i = 0; i < 5; i += 1) threads.apply({ type: 'threads.changed' });
    await vi.runAllTimersAsync();

    expect(api.threads).toHaveBeenCalledTimes(2);
  });
});
