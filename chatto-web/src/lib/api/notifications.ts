import {
  array,
  boolean,
  fields,
  number,
  object,
  oneOf,
  optional,
  string,
  withDefault,
  type Decoder,
} from './decode';
import type { Line } from './client';
import type { Http } from './http';
import {
  decodeAuthor,
  decodeMessage,
  decodeReadState,
  type Author,
  type Message,
  type ReadState,
} from './types';

/** Why somebody is notified, the most specific first. */
export const CAUSES = [
  'directMessage',
  'mention',
  'reply',
  'roleMention',
  'here',
  'all',
  'thread',
  'room',
  'reaction',
] as const;
export type Cause = (typeof CAUSES)[number];

/** How somebody is notified, the most first. */
export const MODES = ['alert', 'silent', 'off'] as const;
export type Mode = (typeof MODES)[number];

export interface Notification {
  id: string;
  cause: Cause;
  mode: Mode;
  createdAt: string;
  roomId: string;
  ordinal: number;
  threadRoot: number | undefined;
  actor: Author;
  excerpt: string;
  emoji: string | undefined;
  read: boolean;
}

export interface NotificationPage {
  notifications: Notification[];
  unread: number;
  nextCursor: string | undefined;
}

export interface FollowedThread {
  roomId: string;
  root: Message;
  replies: number;
  lastReplyAt: string;
  readOrdinal: number;
  unread: number;
}

export interface FollowedThreadPage {
  threads: FollowedThread[];
  /** Of all followed threads, those with unread replies. */
  unread: number;
  nextCursor: string | undefined;
}

/** What was wished for some causes; the others inherit. */
export type Wishes = Partial<Record<Cause, Mode>>;

/** A change of wishes. */
export type WishChange = Partial<Record<Cause, Mode | 'inherit'>>;

export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Day = (typeof DAYS)[number];

export interface DoNotDisturb {
  enabled: boolean;
  from: string;
  to: string;
  timezone: string;
  days: Day[];
}

export interface TimelineWishes {
  roomId: string;
  threadRoot: number | undefined;
  causes: Wishes;
}

export interface NotificationSettings {
  causes: Wishes;
  defaults: Wishes;
  timelines: TimelineWishes[];
  doNotDisturb: DoNotDisturb;
}

const decodeMode = oneOf<Mode>(MODES, 'silent');

export const decodeNotification: Decoder<Notification> = object({
  id: string,
  cause: oneOf<Cause>(CAUSES, 'room'),
  mode: decodeMode,
  createdAt: string,
  roomId: string,
  ordinal: number,
  threadRoot: optional(number),
  actor: decodeAuthor,
  excerpt: withDefault(string, ''),
  emoji: optional(string),
  read: withDefault(boolean, false),
});

const decodePage: Decoder<NotificationPage> = object({
  notifications: array(decodeNotification),
  unread: number,
  nextCursor: optional(string),
});

const decodeThreads: Decoder<FollowedThreadPage> = object({
  threads: array(
    object({
      roomId: string,
      root: decodeMessage,
      replies: number,
      lastReplyAt: string,
      readOrdinal: number,
      unread: number,
    }),
  ),
  unread: number,
  nextCursor: optional(string),
});

/** Wishes for causes that this client knows. */
const decodeWishes: Decoder<Wishes> = (value, path) => {
  const source = fields(value, path);
  const wishes: Wishes = {};
  for (const cause of CAUSES) {
    if (source[cause] !== undefined) wishes[cause] = decodeMode(source[cause], `${path}.${cause}`);
  }
  return wishes;
};

const decodeDays: Decoder<Day[]> = (value, path) => {
  const named = array(string)(value, path);
  return DAYS.filter((day) => named.includes(day));
};

const decodeTimelineWishes = object({
  roomId: withDefault(string, ''),
  threadRoot: optional(number),
  causes: decodeWishes,
});

const decodeSettings: Decoder<NotificationSettings> = object({
  causes: decodeWishes,
  defaults: decodeWishes,
  timelines: array(decodeTimelineWishes),
  doNotDisturb: object({ enabled: boolean, from: string, to: string, timezone: string, days: decodeDays }),
});

/** The calls about notifications and followed threads. */
export class NotificationsApi {
  constructor(private readonly http: Http) {}

  async list(cursor?: string): Promise<NotificationPage> {
    return await this.http.send({ method: 'GET', path: '/notifications', query: { cursor } }, decodePage);
  }

  /** Answers how many are unread then. */
  async read(what: { ids: string[] } | { all: true }): Promise<number> {
    const call = { method: 'POST', path: '/notifications/read', body: what } as const;
    return (await this.http.send(call, object({ unread: number }))).unread;
  }

  async remove(id: string): Promise<void> {
    await this.http.sendForNothing({ method: 'DELETE', path: `/notifications/${encodeURIComponent(id)}` });
  }

  async clear(): Promise<void> {
    await this.http.sendForNothing({ method: 'DELETE', path: '/notifications' });
  }

  async threads(cursor?: string): Promise<FollowedThreadPage> {
    return await this.http.send({ method: 'GET', path: '/threads', query: { cursor } }, decodeThreads);
  }

  async readThread(roomId: string, root: number, ordinal: number): Promise<ReadState> {
    const path = `/rooms/${encodeURIComponent(roomId)}/threads/${root}/read`;
    return await this.http.send({ method: 'PUT', path, body: { ordinal } }, decodeReadState);
  }

  async settings(): Promise<NotificationSettings> {
    return await this.http.send({ method: 'GET', path: '/me/notification-settings' }, decodeSettings);
  }

  async changeSettings(
    change: WishChange & { doNotDisturb?: Partial<DoNotDisturb> },
  ): Promise<NotificationSettings> {
    const call = { method: 'PUT', path: '/me/notification-settings', body: change } as const;
    return await this.http.send(call, decodeSettings);
  }

  /** Changes what is wished for a room's main line, or for one of its threads. */
  async changeLine({ roomId, threadRoot }: Line, change: WishChange): Promise<Wishes> {
    const thread = threadRoot === undefined ? '' : `/threads/${threadRoot}`;
    const path = `/rooms/${encodeURIComponent(roomId)}${thread}/notification-settings`;
    return (await this.http.send({ method: 'PUT', path, body: change }, decodeTimelineWishes)).causes;
  }
}
