import type { Author, Room } from '../api/types';

/** Where the switcher leads to. */
export type Destination =
  { kind: 'room'; room: Room } | { kind: 'person'; person: Author } | { kind: 'search'; words: string };

export interface SwitcherQuery {
  rooms: boolean;
  people: boolean;
  words: string;
}

/** `#` looks for rooms only, `@` for people only, `?` for messages. */
export function parseQuery(text: string): SwitcherQuery {
  const trimmed = text.trim();
  const sign = trimmed[0];
  return {
    rooms: sign !== '@' && sign !== '?',
    people: sign !== '#' && sign !== '?',
    words: sign === '@' || sign === '#' || sign === '?' ? trimmed.slice(1).trim() : trimmed,
  };
}

export function destinationKey(destination: Destination): string {
  if (destination.kind === 'search') return 'search';
  return destination.kind === 'room' ? `room-${destination.room.id}` : `person-${destination.person.id}`;
}

/**
 * The rooms that words may mean, the likeliest first. Without words: those with unread messages, then those that were opened last, but
 * for the one that is open, then all others.
 */
export function rankRooms(
  rooms: readonly Room[],
  words: string,
  recent: readonly string[],
  current: string | undefined,
): Room[] {
  const place = (room: Room): number => {
    const at = recent.indexOf(room.id);
    return at < 0 ? recent.length : at;
  };
  return rooms
    .map((room) => ({ room, rank: words === '' ? emptyRank(room, current) : matchRank(room.name, words) }))
    .filter(({ rank }) => rank !== undefined)
    .sort(
      (a, b) =>
        (a.rank ?? 0) - (b.rank ?? 0) ||
        Number(b.room.joined) - Number(a.room.joined) ||
        place(a.room) - place(b.room) ||
        a.room.name.localeCompare(b.room.name),
    )
    .map(({ room }) => room);
}

/** The people that words may mean; the server has chosen them, here they are put in order. */
export function rankPeople<P extends Author>(people: readonly P[], words: string): P[] {
  const rank = (person: P): number =>
    Math.min(matchRank(person.displayName, words) ?? 9, matchRank(person.login, words) ?? 9);
  return [...people].sort((a, b) => rank(a) - rank(b) || a.displayName.localeCompare(b.displayName));
}

function emptyRank(room: Room, current: string | undefined): number {
  if (room.id === current) return 2;
  return room.unread > 0 ? 0 : 1;
}

/** 0 for the name itself, more for a beginning, the beginning of a word, a part; undefined where the words are not in it. */
function matchRank(name: string, words: string): number | undefined {
  const plain = fold(name);
  const wanted = fold(words);
  if (plain === wanted) return 0;
  if (plain.startsWith(wanted)) return 1;
  const at = plain.indexOf(wanted);
  if (at < 0) return undefined;
  return /[^\p{L}\p{N}]/u.test(plain[at - 1] ?? '') ? 2 : 3;
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase();
}
