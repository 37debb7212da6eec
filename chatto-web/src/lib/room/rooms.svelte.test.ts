import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChattoApi } from '../api/client';
import { ApiError } from '../api/error';
import type { Message, Room } from '../api/types';
import { Rooms } from './rooms.svelte';

function room(id: string, change: Partial<Room> = {}): Room {
  return {
    ...{ id, name: id, kind: 'channel', description: '', archived: false, head: 9, memberCount: 2 },
    ...{ createdAt: '', createdBy: undefined, joined: true, readOrdinal: 9, unread: 0, canManage: false },
    ...change,
  };
}

const posted = (roomId: string, ordinal: number) =>
  ({
    type: 'message.posted',
    roomId,
    root: undefined,
    message: { roomId, ordinal, threadRoot: undefined } as Message,
  }) as const;

describe('Rooms', () => {
  let reads: string[];
  let listed: Room[];
  let fault: ApiError | undefined;

  beforeEach(() => {
    vi.useFakeTimers();
    reads = [];
    listed = [room('b'), room('a'), room('old', { archived: true })];
    fault = undefined;
  });

  afterEach(() => vi.useRealTimers());

  async function load(): Promise<Rooms> {
    const api: Partial<ChattoApi> = {
      rooms: () => Promise.resolve({ rooms: listed, nextCursor: undefined }),
      read: (id, ordinal) => {
        reads.push(`${id} ${ordinal}`);
        return fault === undefined
          ? Promise.resolve({ readOrdinal: ordinal, unread: 0 })
          : Promise.reject(fault);
      },
    };
    const rooms = new Rooms(api as ChattoApi, () => 'me');
    await rooms.load();
    return rooms;
  }

  it('lists joined rooms by name, archived ones apart', async () => {
    const rooms = await load();

    expect(rooms.joined.map((entry) => entry.id)).toEqual(['a', 'b']);
    expect(rooms.archived.map((entry) => entry.id)).toEqual(['old']);
  });

  it('counts unread messages as they come, each once', async () => {
    const rooms = await load();
    rooms.apply(posted('a', 10));
    rooms.apply(posted('a', 11));
    rooms.apply(posted('a', 11));

    expect(rooms.get('a')?.unread).toBe(2);
    expect(rooms.totalUnread).toBe(2);
  });

  it('marks read at once, and tells the server now and then with the latest position', async () => {
    const rooms = await load();
    for (let ordinal = 10; ordinal < 20; ordinal += 1) {
      rooms.apply(posted('a', ordinal));
      rooms.markRead('a', ordinal);
    }
    expect(rooms.get('a')?.unread).toBe(0);

    await vi.advanceTimersByTimeAsync(5_000);

    expect(reads).toEqual(['a 10', 'a 19']);
  });

  it('repeats a read position that did not get through', async () => {
    const rooms = await load();
    rooms.apply(posted('a', 10));
    fault = new ApiError('network', 'away');
    rooms.markRead('a', 10);
    await vi.advanceTimersByTimeAsync(100);
    fault = undefined;
    await vi.advanceTimersByTimeAsync(10_000);

    expect(reads).toEqual(['a 10', 'a 10']);
  });

  it('never moves a read position backwards', async () => {
    const rooms = await load();
    rooms.apply(posted('a', 12));
    rooms.apply({ type: 'read.updated', roomId: 'a', readOrdinal: 12, unread: 0 });
    rooms.apply({ type: 'read.updated', roomId: 'a', readOrdinal: 3, unread: 9 });

    expect(rooms.get('a')).toMatchObject({ readOrdinal: 12, unread: 0 });
  });

  it('leaves a room that the next load does not name, and when told so', async () => {
    const rooms = await load();
    listed = [room('b')];
    await rooms.load();
    expect(rooms.get('a')?.joined).toBe(false);

    rooms.apply({ type: 'room.left', roomId: 'b', userId: 'me' });
    expect(rooms.joined).toEqual([]);
  });

  it('takes in a new name without losing what is the viewer’s own', async () => {
    const rooms = await load();
    const { id, kind, archived, createdAt, createdBy } = room('a');
    rooms.apply({
      type: 'room.updated',
      room: {
        ...{ id, kind, archived, createdAt, createdBy, head: 3 },
        name: 'z',
        description: 'd',
        memberCount: 5,
      },
    });

    expect(rooms.get('a')).toMatchObject({ name: 'z', joined: true, readOrdinal: 9, head: 9 });
  });
});
