import { describe, expect, it } from 'vitest';
import { decodeRoom, type Room } from '../api/types';
import { placeAmong, stepOf } from './arranging';

function room(id: string, position?: number): Room {
  return decodeRoom({ id, name: id, groupId: 'G1', position }, 'room');
}

describe('arranging rooms', () => {
  const listed = [room('a'), room('b'), room('c')];

  it('goes one step up or down, and no further than the list', () => {
    expect(stepOf(listed, 'b', -1)).toEqual({ groupId: 'G1', before: 'a' });
    expect(stepOf(listed, 'a', 1)).toEqual({ groupId: 'G1', before: 'c' });
    expect(stepOf(listed, 'b', 1)).toEqual({ groupId: 'G1', before: undefined });
    expect(stepOf(listed, 'a', -1)).toBeUndefined();
    expect(stepOf(listed, 'c', 1)).toBeUndefined();
    expect(stepOf(listed, 'elsewhere', 1)).toBeUndefined();
  });

  it('counts places among all rooms that are seen, in their order, without the one that moves', () => {
    const seen = [room('z', 10), room('c', 30), room('not joined', 20), room('a')];

    expect(placeAmong(seen, 'a', 'z')).toBe(0);
    expect(placeAmong(seen, 'z', 'c')).toBe(1);
    expect(placeAmong(seen, 'c', undefined)).toBe(3);
  });
});
