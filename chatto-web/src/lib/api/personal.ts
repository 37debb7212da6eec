import { lineKey, type Line } from './client';
import { array, number, object, oneOf, optional, string, withDefault, type Decoder } from './decode';
import { HOURS, type Hours } from '../support/time';
import type { Http } from './http';
import {
  decodeAuthor,
  decodeMessage,
  decodeReadState,
  decodeUser,
  type Author,
  type Message,
  type ReadState,
  type User,
} from './types';

export interface DraftFacts {
  roomId: string;
  threadRoot: number | undefined;
  body: string;
  updatedAt: string;
}

/** Where a message stands. */
export interface Place {
  roomId: string;
  threadRoot: number | undefined;
  ordinal: number;
}

export interface CustomEmoji {
  name: string;
  url: string;
  createdBy: Author;
}

export interface StatusInput {
  emoji: string;
  text: string;
  expiresAt?: string;
}

export interface MessageList {
  messages: Message[];
  nextCursor: string | undefined;
}

export interface Preferences {
  lastRoomId: string | undefined;
  timeFormat: Hours;
  recentEmoji: string[];
  emojiTone: number;
}

export const decodePreferences: Decoder<Preferences> = object({
  lastRoomId: optional(string),
  timeFormat: withDefault(oneOf<Hours>(HOURS, 'auto'), 'auto'),
  recentEmoji: withDefault(array(string), []),
  emojiTone: withDefault(number, 0),
});

const decodeDraft: Decoder<DraftFacts> = object({
  roomId: string,
  threadRoot: optional(number),
  body: string,
  updatedAt: string,
});
const decodeKept = object({ draft: optional(decodeDraft) });
const decodePlace: Decoder<Place> = object({ roomId: string, threadRoot: optional(number), ordinal: number });
const decodeEmoji: Decoder<CustomEmoji> = object({ name: string, url: string, createdBy: decodeAuthor });

/** The calls about what belongs to one person, and about custom emoji. */
export class PersonalApi {
  constructor(private readonly http: Http) {}

  async preferences(): Promise<Preferences> {
    const decoder = object({
      preferences: withDefault(decodePreferences, decodePreferences({}, '')),
    });
    return (await this.http.send({ method: 'GET', path: '/me' }, decoder)).preferences;
  }

  async prefer(preferences: Partial<Preferences>): Promise<void> {
    await this.http.sendForNothing({ method: 'PATCH', path: '/me', body: { preferences } });
  }

  async drafts(): Promise<DraftFacts[]> {
    const decoder = object({ drafts: array(decodeDraft) });
    return (await this.http.send({ method: 'GET', path: '/me/drafts' }, decoder)).drafts;
  }

  /** Answers the draft that is kept then: a later one of another device stays. */
  async keepDraft(line: Line, body: string, updatedAt: string): Promise<DraftFacts | undefined> {
    const query = { threadRoot: line.threadRoot };
    const path = `/rooms/${encodeURIComponent(line.roomId)}/draft`;
    const call =
      body === ''
        ? ({ method: 'DELETE', path, query: { ...query, updatedAt } } as const)
        : ({ method: 'PUT', path, query, body: { body, updatedAt } } as const);
    return (await this.http.send(call, decodeKept)).draft;
  }

  async savedPlaces(): Promise<Place[]> {
    const decoder = object({ saved: array(decodePlace) });
    return (await this.http.send({ method: 'GET', path: '/me/saved/ids' }, decoder)).saved;
  }

  async saved(cursor?: string): Promise<MessageList> {
    const decoder = object({ messages: array(decodeMessage), nextCursor: optional(string) });
    return await this.http.send({ method: 'GET', path: '/me/saved', query: { limit: 30, cursor } }, decoder);
  }

  async save(place: Place, on: boolean): Promise<void> {
    const thread = place.threadRoot === undefined ? '' : `/threads/${place.threadRoot}`;
    const path = `/rooms/${encodeURIComponent(place.roomId)}${thread}/messages/${place.ordinal}/saved`;
    await this.http.sendForNothing({ method: on ? 'PUT' : 'DELETE', path });
  }

  async markUnread(roomId: string, ordinal: number): Promise<ReadState> {
    const path = `/rooms/${encodeURIComponent(roomId)}/unread`;
    return await this.http.send({ method: 'POST', path, body: { ordinal } }, decodeReadState);
  }

  async tellStatus(status: StatusInput): Promise<User> {
    return await this.http.send({ method: 'PUT', path: '/me/status', body: status }, decodeUser);
  }

  async clearStatus(): Promise<void> {
    await this.http.sendForNothing({ method: 'DELETE', path: '/me/status' });
  }

  async customEmoji(): Promise<CustomEmoji[]> {
    const decoder = object({ emoji: array(decodeEmoji) });
    return (await this.http.send({ method: 'GET', path: '/emoji' }, decoder)).emoji;
  }

  async addEmoji(name: string, picture: Blob): Promise<CustomEmoji> {
    const call = { method: 'POST', path: '/emoji', query: { name }, upload: picture } as const;
    return await this.http.send(call, decodeEmoji);
  }

  async renameEmoji(name: string, newName: string): Promise<CustomEmoji> {
    const path = `/emoji/${encodeURIComponent(name)}`;
    return await this.http.send({ method: 'PATCH', path, body: { name: newName } }, decodeEmoji);
  }

  async removeEmoji(name: string): Promise<void> {
    await this.http.sendForNothing({ method: 'DELETE', path: `/emoji/${encodeURIComponent(name)}` });
  }
}

export function placeKey({ roomId, threadRoot, ordinal }: Place): string {
  return `${lineKey({ roomId, threadRoot })}/${ordinal}`;
}
