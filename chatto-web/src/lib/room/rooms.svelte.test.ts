import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChattoApi } from '../api/client';
import { ApiError } from '../api/error';
import { decodeRoomFacts, type Message, type Room, type RoomFacts } from '../api/types';
import { Rooms } from './rooms.svelte';

function room(id: string, change: Partial<Room> = {}): Room {
  return {
    ...{ id, name: id, kind: 'channel', description: '', archived: false, head: 9, memberCount: 2 },
    ...{ createdAt: '', createdBy: undefined, joined: true, readOrdinal: 9, unread: 0, canManage: false },
    ...{ groupId: 'G1', position: undefined, universal: false, private: false, slowModeSeconds: 0 },
    ...{ participants: [], lastActivityAt: undefined, permissions: [], postableAt: undefined },
    ...change,
  };
}

/** As a broadcast tells of a room: without what is the viewer’s own. */
const factsOf = (facts: RoomFacts): RoomFacts => decodeRoomFacts(facts, 'room');

const posted = (roomId: string, ordinal: number) =>
  ({
    type: 'message.posted',
    roomId,
    root: undefined,
    message: { roomId, ordinal, threadRoot: undefined, author: { id: 'ann' } } as Message,
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
    const personal = {
      markUnread: (_: string, ordinal: number) =>
        Promise.resolve({ readOrdinal: ordinal - 1, unread: 11 - ordinal }),
    };
    const rooms = new Rooms(api as ChattoApi, () => 'me', personal);
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

  it('keeps what is read here while the server has not confirmed it', async () => {
    const rooms = await load();
    rooms.apply(posted('a', 12));
    rooms.markRead('a', 12);
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

  it('lists conversations by their people, once somebody wrote or the viewer opened them', async () => {
    const ann = { id: 'ann', login: 'ann', displayName: 'Ann', avatarUrl: undefined };
    const talk: Partial<Room> = { kind: 'dm', name: '', participants: [ann] };
    listed = [
      room('silent', { ...talk, head: -1, readOrdinal: -1 }),
      room('mine', { ...talk, head: -1, readOrdinal: -1, createdBy: 'me', lastActivityAt: '2026-01-01' }),
      room('spoken', { ...talk, lastActivityAt: '2026-01-02' }),
    ];
    const rooms = await load();

    expect(rooms.conversations.map((entry) => entry.id)).toEqual(['spoken', 'mine']);
    expect(rooms.get('spoken')?.name).toBe('Ann');
    expect(rooms.joined).toEqual([]);

    rooms.apply(posted('silent', 0));
    expect(rooms.conversations.map((entry) => entry.id)).toContain('silent');
    expect(rooms.totalUnread).toBe(1);
  });

  it('knows when the viewer may write again in a slow room', async () => {
    listed = [
      room('slow', { slowModeSeconds: 30 }),
      room('own', { slowModeSeconds: 30, permissions: ['room.manage'] }),
    ];
    const rooms = await load();
    const message = { ordinal: 10, author: { id: 'me' }, createdAt: '2026-01-01T00:00:00.000Z' } as Message;

    rooms.apply({ type: 'message.posted', roomId: 'slow', root: undefined, message });
    rooms.apply({ type: 'message.posted', roomId: 'own', root: undefined, message });

    expect(rooms.get('slow')?.postableAt).toBe('2026-01-01T00:00:30.000Z');
    expect(rooms.get('own')?.postableAt).toBeUndefined();
  });

  it('takes in a new name without losing what is the viewer’s own', async () => {
    const rooms = await load();
    const facts: RoomFacts = room('a', { name: 'z', description: 'd', memberCount: 5, head: 3 });
    rooms.apply({ type: 'room.updated', room: factsOf(facts) });

    expect(rooms.get('a')).toMatchObject({ name: 'z', joined: true, readOrdinal: 9, head: 9 });
  });

  it('leaves unread what was made so by hand, until the room is opened anew', async () => {
    const rooms = await load();
    const { head } = rooms.get('a') ?? { head: 0 };
    rooms.markRead('a', head);

    await rooms.markUnread('a', head);
    rooms.markRead('a', head);
    expect(rooms.get('a')).toMatchObject({ readOrdinal: head - 1, unread: 1 });
    expect(rooms.heldFrom('a')).toBe(head);

    rooms.release('a');
    rooms.markRead('a', head);
    expect(rooms.get('a')?.unread).toBe(0);
  });

  it('goes back when another device made something unread', async () => {
    const rooms = await load();
    const { head } = rooms.get('a') ?? { head: 0 };
    rooms.markRead('a', head);
    await vi.advanceTimersByTimeAsync(2_000);

    rooms.apply({ type: 'read.updated', roomId: 'a', readOrdinal: head - 2, unread: 2 });

    expect(rooms.get('a')?.unread).toBe(2);
  });

  it('puts a room elsewhere by its place among all rooms of the group that are seen', async () => {
    const seen = [room('b'), room('c', { joined: false }), room('a')];
    const changes: unknown[] = [];
    const api: Partial<ChattoApi> = {
      rooms: (filter) =>
        Promise.resolve({ rooms: filter?.group === 'G2' ? seen : listed, nextCursor: undefined }),
      updateRoom: (id, change) => {
        changes.push(change);
        return Promise.resolve(room(id, { groupId: 'G2', position: 5 }));
      },
    };
    const rooms = new Rooms(api as ChattoApi, () => 'me', { markUnread: () => Promise.reject(new Error()) });
    await rooms.load();

    await rooms.arrange('b', { groupId: 'G2', before: undefined });

    expect(changes).toEqual([{ position: 2, groupId: 'G2' }]);
    expect(rooms.get('b')?.groupId).toBe('G2');
  });
});
