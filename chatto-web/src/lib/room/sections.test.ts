import { describe, expect, it } from 'vitest';
import type { Author, Group, Room } from '../api/types';
import { titleOf } from './naming';
import { byActivity, sections } from './sections';

const group = (id: string, position: number): Group => ({
  ...{ id, position, name: id, description: '', links: [] },
});

const room = (name: string, groupId: string | undefined, position?: number): Room =>
  ({ id: name, name, groupId, position }) as Room;

const person = (id: string): Author => ({
  id,
  login: id,
  displayName: id.toUpperCase(),
  avatarUrl: undefined,
});

describe('sections', () => {
  it('puts rooms into their groups, arranged ones before the others by name', () => {
    const rooms = [
      room('b', 'g1'),
      room('z', 'g1', 1),
      room('a10', 'g2'),
      room('a9', 'g2'),
      room('y', 'g1', 2),
    ];

    const found = sections([group('g2', 1), group('g1', 0)], rooms);

    expect(found.map((section) => section.rooms.map((entry) => entry.name))).toEqual([
      ['z', 'y', 'b'],
      ['a9', 'a10'],
    ]);
  });

  it('hides no room whose group is not known yet', () => {
    const found = sections([group('g1', 0)], [room('a', 'elsewhere'), room('b', undefined)]);

    expect(found[0]?.rooms.map((entry) => entry.name)).toEqual(['a', 'b']);
  });

  it('puts the conversation with the latest activity first', () => {
    const list = [
      { id: 'old', createdAt: '2026-01-01', lastActivityAt: '2026-01-02' },
      { id: 'new', createdAt: '2026-01-03', lastActivityAt: undefined },
    ] as Room[];

    expect(list.sort(byActivity).map((entry) => entry.id)).toEqual(['new', 'old']);
  });
});

describe('titleOf', () => {
  const dm = (...ids: string[]) => ({ kind: 'dm', name: '', participants: ids.map(person) });

  it('names a conversation by those in it besides the viewer', () => {
    expect(titleOf(dm('ann', 'me'), 'me')).toBe('ANN');
    expect(titleOf(dm('me'), 'me')).toBe('ME (you)');
    expect(titleOf(dm('c', 'b', 'a', 'me'), 'me')).toBe('A, B, C');
    expect(titleOf(dm('e', 'd', 'c', 'b', 'a', 'me'), 'me')).toBe('A, B, C +2');
  });

  it('leaves the names of channels alone', () => {
    expect(titleOf({ kind: 'channel', name: 'general', participants: [] }, 'me')).toBe('general');
  });
});
