import type { Author, RoomFacts } from '../api/types';

const SHOWN_NAMES = 3;

/** Who takes part in a conversation besides the viewer; the viewer, where nobody else does. */
export function partners(room: Pick<RoomFacts, 'participants'>, viewer: string | undefined): Author[] {
  const others = room.participants.filter((person) => person.id !== viewer);
  return others.length === 0 ? room.participants : others;
}

/** What a room is called: a conversation, which has no name, by those in it. */
export function titleOf(
  room: Pick<RoomFacts, 'kind' | 'name' | 'participants'>,
  viewer: string | undefined,
): string {
  if (room.kind !== 'dm') return room.name;
  const people = partners(room, viewer);
  const only = people[0];
  if (only !== undefined && only.id === viewer) return `${only.displayName} (you)`;
  const names = people.map((person) => person.displayName).sort((a, b) => a.localeCompare(b));
  const more = names.length - SHOWN_NAMES;
  return more > 1 ? `${names.slice(0, SHOWN_NAMES).join(', ')} +${more}` : names.join(', ');
}

/** A room as it is named within a sentence: the names of people stand for themselves, channels have their sign. */
export function labelOf(room: Pick<RoomFacts, 'kind' | 'name'>): string {
  return room.kind === 'dm' ? room.name : `#${room.name}`;
}

/** The sign of a room: what it is, as far as that matters to those who look at a list. */
export function roomIcon(
  room: Pick<RoomFacts, 'kind' | 'archived' | 'private' | 'universal'>,
): 'people' | 'archive' | 'lock' | 'globe' | 'hash' {
  if (room.kind === 'dm') return 'people';
  if (room.archived) return 'archive';
  if (room.private) return 'lock';
  return room.universal ? 'globe' : 'hash';
}
