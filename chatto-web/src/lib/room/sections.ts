import type { Group, Room, RoomFacts } from '../api/types';

/** A group and those of its rooms that are shown. */
export interface Section {
  group: Group;
  rooms: Room[];
}

/** Channels in their order within a group: as somebody arranged them, the others behind them by name. */
export function byPlace(a: RoomFacts, b: RoomFacts): number {
  const place = (a.position ?? Number.MAX_VALUE) - (b.position ?? Number.MAX_VALUE);
  return place === 0
    ? a.name.localeCompare(b.name, undefined, { numeric: true, sensitivity: 'base' })
    : place;
}

/** Conversations with the latest activity first. */
export function byActivity(a: RoomFacts, b: RoomFacts): number {
  return (b.lastActivityAt ?? b.createdAt).localeCompare(a.lastActivityAt ?? a.createdAt);
}

/** Rooms by group, in the groups' order. Rooms of a group that is not known yet come first of all: none is hidden. */
export function sections(groups: readonly Group[], rooms: readonly Room[]): Section[] {
  const known = new Set(groups.map((group) => group.id));
  const ordered = [...groups].sort((a, b) => a.position - b.position);
  return ordered.map((group, index) => ({
    group,
    rooms: rooms
      .filter((room) =>
        room.groupId !== undefined && known.has(room.groupId) ? room.groupId === group.id : index === 0,
      )
      .sort(byPlace),
  }));
}
