import { describe, expect, it } from 'vitest';
import type { Room } from '../api/types';
import { MemoryStorage } from '../conversation/fixtures';
import { RecentRooms } from './recent-rooms';
import { parseQuery, rankPeople, rankRooms } from './switcher';

function room(name: string, change: Partial<Room> = {}): Room {
  return {
    id: name,
    name,
    kind: 'channel',
    description: '',
    archived: false,
    head: -1,
    memberCount: 1,
    createdAt: '',
    createdBy: undefined,
    joined: true,
    readOrdinal: -1,
    unread: 0,
    canManage: false,
    ...{ groupId: undefined, position: undefined, universal: false, private: false, slowModeSeconds: 0 },
    ...{ participants: [], lastActivityAt: undefined, permissions: [], postableAt: undefined },
    ...change,
  };
}

const names = (rooms: readonly Room[]): string[] => rooms.map(({ name }) => name);

describe('the switcher', () => {
  it('looks for rooms, people or both', () => {
    expect(parseQuery(' ops ')).toEqual({ rooms: true, people: true, words: 'ops' });
    expect(parseQuery('#ops')).toEqual({ rooms: true, people: false, words: 'ops' });
    expect(parseQuery('@ ada')).toEqual({ rooms: false, people: true, words: 'ada' });
    expect(parseQuery('?tea from:ada')).toEqual({ rooms: false, people: false, words: 'tea from:ada' });
  });

  it('leads to what is unread and to where one was last', () => {
    const rooms = [room('a'), room('b'), room('c', { unread: 2 }), room('here')];

    expect(names(rankRooms(rooms, '', ['here', 'b'], 'here'))).toEqual(['c', 'b', 'a', 'here']);
  });

  it('prefers beginnings, and what one has joined', () => {
    const rooms = [
      room('desktop'),
      room('data-ops'),
      room('opsx', { joined: false }),
      room('opsy'),
      room('ops'),
    ];

    expect(names(rankRooms(rooms, 'OPS', [], undefined))).toEqual(['ops', 'opsy', 'opsx', 'data-ops']);
    expect(names(rankRooms([room('Über uns')], 'uber', [], undefined))).toEqual(['Über uns']);
  });

  it('puts people in the order of how well they fit', () => {
    const person = (login: string, displayName: string) => ({
      id: login,
      login,
      displayName,
      avatarUrl: undefined,
    });

    expect(
      rankPeople([person('zada', 'Zada'), person('x', 'Ann Ada'), person('ada', 'Zoe')], 'ada').map(
        ({ login }) => login,
      ),
    ).toEqual(['ada', 'x', 'zada']);
  });
});

describe('RecentRooms', () => {
  it('keeps the last dozen of each person, the newest first', () => {
    let user = 'u1';
    const recent = new RecentRooms(new MemoryStorage(), () => user);
    for (let index = 0; index < 20; index += 1) recent.visit(`r${index}`);
    recent.visit('r15');

    expect(recent.ids.slice(0, 3)).toEqual(['r15', 'r19', 'r18']);
    expect(recent.ids).toHaveLength(12);
    user = 'u2';
    expect(recent.ids).toEqual([]);
  });
});
