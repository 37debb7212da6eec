import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PagePosition } from '../api/client';
import { ApiError } from '../api/error';
import type { Message, MessagePage } from '../api/types';
import type { LiveEvent } from '../realtime/events';
import { ada, ben, message, page } from './fixtures';
import { Timeline } from './timeline.svelte';

const posted = (entry: Message): LiveEvent => ({
  type: 'message.posted',
  roomId: entry.roomId,
  message: entry,
  root: undefined,
});

describe('Timeline', () => {
  let head: number;
  let asked: PagePosition[];
  let answer: (position: PagePosition, limit: number) => Promise<MessagePage>;

  beforeEach(() => {
    vi.useRealTimers();
    head = 499;
    asked = [];
    answer = (position, limit) => Promise.resolve(slice(position, limit));
  });

  function slice(position: PagePosition, limit: number): MessagePage {
    if (position === 'newest') return page(Math.max(0, head + 1 - limit), head + 1, head);
    if ('before' in position) return page(Math.max(0, position.before - limit), position.before, head);
    if ('at' in position) return { ...page(100, 160, head), anchor: 130 };
    const from = 'after' in position ? position.after + 1 : Math.max(0, position.around - limit / 2);
    return page(from, Math.min(head + 1, from + limit), head);
  }

  function timeline(): Timeline {
    const api = {
      page: (_line: unknown, position: PagePosition, limit: number) => {
        asked.push(position);
        return answer(position, limit);
      },
    };
    return new Timeline({ roomId: 'r', threadRoot: undefined }, api as never, () => ada.id);
  }

  const ordinals = (shown: Timeline) =>
    [...shown.window.messages, ...shown.ahead].map((entry) => entry.ordinal);

  it('opens at the newest messages, or around the first unread one', async () => {
    const read = timeline();
    await read.open(499, 499);
    expect(read.landing).toEqual({ to: 'present' });
    expect(ordinals(read).at(-1)).toBe(499);

    const unread = timeline();
    await unread.open(99, 499);
    expect(unread.landing).toEqual({ to: 'message', ordinal: 100, reason: 'unread' });
    expect(unread.find(100)).toBeDefined();
    expect(unread.atHead).toBe(false);
  });

  it('loads older pages to the beginning', async () => {
    const shown = timeline();
    await shown.present();
    while (shown.window.hasOlder) await shown.loadOlder();

    expect(ordinals(shown)).toEqual(Array.from({ length: 500 }, (_, index) => index));
  });

  it('shows a message that overtook another, and fills the gap', async () => {
    vi.useFakeTimers();
    const shown = timeline();
    await shown.present();
    shown.apply(posted(message(501)));
    expect(ordinals(shown).slice(-2)).toEqual([499, 501]);

    head = 501;
    await vi.advanceTimersByTimeAsync(1_000);

    expect(ordinals(shown).slice(-3)).toEqual([499, 500, 501]);
    expect(shown.ahead).toEqual([]);
  });

  it('shows a message once, however often it is heard of', async () => {
    const shown = timeline();
    await shown.present();
    shown.apply(posted(message(500, { idempotencyKey: 'k' })));
    shown.apply(posted(message(500)));

    expect(ordinals(shown).slice(-2)).toEqual([499, 500]);
    expect(shown.find(500)?.idempotencyKey).toBe('k');
  });

  it('misses nothing that is posted while the first page is under way', async () => {
    const shown = timeline();
    answer = (position, limit) => {
      const old = slice(position, limit);
      shown.apply(posted(message(500)));
      shown.apply({ type: 'message.edited', roomId: 'r', message: message(498, { body: 'edited' }) });
      return Promise.resolve(old);
    };
    await shown.present();

    expect(ordinals(shown).at(-1)).toBe(500);
    expect(shown.find(498)?.body).toBe('edited');
  });

  it('does not append to a window that ends in the past', async () => {
    const shown = timeline();
    await shown.show(100, 'link');
    const before = ordinals(shown);
    shown.apply(posted(message(500)));

    expect(ordinals(shown)).toEqual(before);
  });

  it('counts replies at their root and keeps them out of the room', async () => {
    const shown = timeline();
    await shown.present();
    const thread = { replies: 1, lastReplyAt: undefined, participants: [ben] };
    shown.apply({ ...posted(message(0, { threadRoot: 498 })), root: { ordinal: 498, thread } } as LiveEvent);

    expect(shown.find(498)?.thread?.replies).toBe(1);
    expect(ordinals(shown).at(-1)).toBe(499);
  });

  it('follows in the main line what happens to a reply that it shows', async () => {
    const shown = timeline();
    await shown.open(499, 499);
    const entry = message(499, { echoOf: { threadRoot: 3, ordinal: 0, id: 'reply' }, author: ben });
    shown.accept(entry);
    const reply = message(0, {
      threadRoot: 3,
      echoedAt: 499,
      author: ben,
      body: 'edited',
      reactions: [{ emoji: '👍', count: 1, mine: false }],
    });

    shown.apply({
      type: 'message.reactions',
      roomId: 'r',
      message: reply,
      change: { emoji: '👍', actorId: ada.id, added: true },
    });

    expect(shown.find(499)).toMatchObject({
      ordinal: 499,
      threadRoot: undefined,
      body: 'edited',
      echoOf: { threadRoot: 3 },
      reactions: [{ emoji: '👍', mine: true }],
    });
  });

  it('knows whether the person follows a thread, also when a broadcast does not say', async () => {
    const shown = timeline();
    await shown.open(499, 499);
    const thread = { replies: 1, lastReplyAt: undefined, participants: [ben], following: false };
    shown.accept(message(490, { thread }));

    shown.apply({ type: 'thread.followed', roomId: 'r', threadRoot: 490, following: true });
    const root = { ordinal: 490, thread: { ...thread, replies: 2, following: undefined } };
    const second = message(1, { threadRoot: 490, author: ben });
    shown.apply({ type: 'message.posted', roomId: 'r', message: second, root });

    expect(shown.find(490)?.thread).toMatchObject({ replies: 2, following: true });
  });

  it('jumps to the first message of a date', async () => {
    const shown = timeline();
    await shown.showDate(new Date(0));

    expect(asked.at(-1)).toEqual({ at: '1970-01-01T00:00:00.000Z' });
    expect(shown.landing).toEqual({ to: 'message', ordinal: 130, reason: 'link' });
  });

  it('reloads where the person is', async () => {
    const shown = timeline();
    await shown.show(100, 'link');
    shown.lastSeen = 110;
    await shown.reload();
    expect(asked.at(-1)).toEqual({ around: 110 });

    await shown.present();
    await shown.reload();
    expect(asked.at(-1)).toBe('newest');
  });

  it('tells why the first page did not come, and keeps what is shown when a reload fails', async () => {
    const fault = new ApiError('network', 'away');
    const shown = timeline();
    answer = () => Promise.reject(fault);
    await shown.present();
    expect(shown.status).toEqual({ name: 'failed', error: fault });

    answer = (position, limit) => Promise.resolve(slice(position, limit));
    await shown.reload();
    expect(shown.status.name).toBe('ready');

    answer = () => Promise.reject(fault);
    await shown.reload();
    expect(shown.status.name).toBe('ready');
    expect(ordinals(shown).at(-1)).toBe(499);
  });

  it('finds the last message of an author that can still be changed', async () => {
    const shown = timeline();
    await shown.present();
    shown.apply(posted(message(500, { author: ben })));
    shown.apply({
      type: 'message.deleted',
      roomId: 'r',
      message: message(499, { deletedAt: 'now', body: '' }),
    });

    expect(shown.lastOf(ada.id)?.ordinal).toBe(498);
  });
});
