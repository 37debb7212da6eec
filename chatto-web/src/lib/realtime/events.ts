import {
  array,
  boolean,
  DecodeError,
  fields,
  number,
  object,
  optional,
  string,
  withDefault,
  type Decoder,
} from '../api/decode';
import { decodeNotification, type Notification } from '../api/notifications';
import {
  decodeGroup,
  decodeMessage,
  decodePersonPresence,
  decodePresenceChoice,
  decodeRoomFacts,
  decodeThread,
  decodeUser,
  type Group,
  type Message,
  type PersonPresence,
  type PresenceChoice,
  type RoomFacts,
  type ThreadSummary,
  type User,
} from '../api/types';

/** Frames that steer the connection itself. */
export type ControlFrame =
  | {
      type: 'ready';
      cursor: string | undefined;
      resumed: boolean;
      heartbeatSeconds: number;
      presence: PresenceChoice | undefined;
    }
  | { type: 'ping' }
  | { type: 'pong' }
  | { type: 'stale'; stale: boolean }
  | { type: 'closing'; reason: string; reconnect: boolean };

/** What happened on the server, for everyone who shows it. */
export type LiveEvent =
  | { type: 'message.posted'; roomId: string; message: Message; root: ThreadRoot | undefined }
  | { type: 'message.edited'; roomId: string; message: Message }
  | { type: 'message.deleted'; roomId: string; message: Message }
  | { type: 'message.reactions'; roomId: string; message: Message; change: ReactionChange | undefined }
  | { type: 'message.pinned'; roomId: string; message: Message; added: boolean }
  | { type: 'thread.followed'; roomId: string; threadRoot: number; following: boolean }
  | { type: 'room.updated'; room: RoomFacts }
  | { type: 'room.joined'; roomId: string; user: User; room: RoomFacts | undefined }
  | { type: 'room.left'; roomId: string; userId: string }
  | { type: 'groups.changed'; groups: Group[] }
  | { type: 'read.updated'; roomId: string; readOrdinal: number; unread: number }
  | { type: 'typing'; roomId: string; userId: string; displayName: string; threadRoot: number | undefined }
  | { type: 'notification.created'; notification: Notification; alert: boolean }
  | { type: 'notification.read' }
  | { type: 'threads.changed' }
  | { type: 'presence.changed'; presences: PersonPresence[] }
  | { type: 'presence.chosen'; choice: PresenceChoice }
  | { type: 'user.updated'; user: User }
  | {
      type: 'draft.updated';
      roomId: string;
      threadRoot: number | undefined;
      present: boolean;
      updatedAt: string;
    }
  | { type: 'saved.updated'; roomId: string; threadRoot: number | undefined; ordinal: number; saved: boolean }
  | { type: 'emoji.changed' }
  /** What the viewer may do may have become different. */
  | { type: 'permissions.changed' };

export interface ThreadRoot {
  ordinal: number;
  thread: ThreadSummary;
}

export interface ReactionChange {
  emoji: string;
  actorId: string;
  added: boolean;
}

export type Frame =
  | { kind: 'control'; frame: ControlFrame }
  | { kind: 'event'; event: LiveEvent; cursor: string | undefined }
  /** A frame of a kind this client does not know yet: its cursor counts, its content is skipped. */
  | { kind: 'unknown'; cursor: string | undefined };

type Decoders<T extends { type: string }> = {
  [K in T['type']]: Decoder<Omit<Extract<T, { type: K }>, 'type'>>;
};

const onMessage = object({ roomId: string, message: decodeMessage });

const CONTROL: Decoders<ControlFrame> = {
  ready: object({
    cursor: optional(string),
    resumed: withDefault(boolean, false),
    heartbeatSeconds: withDefault(number, 15),
    presence: optional(decodePresenceChoice),
  }),
  ping: object({}),
  pong: object({}),
  stale: object({ stale: withDefault(boolean, true) }),
  closing: object({ reason: withDefault(string, ''), reconnect: withDefault(boolean, true) }),
};

const EVENTS: Decoders<LiveEvent> = {
  'message.posted': object({
    roomId: string,
    message: decodeMessage,
    root: optional(object({ ordinal: number, thread: decodeThread })),
  }),
  'message.edited': onMessage,
  'message.deleted': onMessage,
  'message.reactions': (value, path) => ({
    ...onMessage(value, path),
    change: decodeChange(fields(value, path)),
  }),
  'message.pinned': object({ roomId: string, message: decodeMessage, added: withDefault(boolean, true) }),
  'thread.followed': object({ roomId: string, threadRoot: number, following: boolean }),
  'room.updated': object({ room: decodeRoomFacts }),
  'room.joined': object({ roomId: string, user: decodeUser, room: optional(decodeRoomFacts) }),
  'room.left': object({ roomId: string, userId: string }),
  'groups.changed': object({ groups: array(decodeGroup) }),
  'read.updated': object({ roomId: string, readOrdinal: number, unread: number }),
  typing: object({
    roomId: string,
    userId: string,
    displayName: string,
    threadRoot: optional(number),
  }),
  'notification.created': object({ notification: decodeNotification, alert: withDefault(boolean, false) }),
  'notification.read': object({}),
  'threads.changed': object({}),
  'presence.changed': object({ presences: array(decodePersonPresence) }),
  'presence.chosen': object({ choice: decodePresenceChoice }),
  'user.updated': object({ user: decodeUser }),
  'draft.updated': object({
    roomId: string,
    threadRoot: optional(number),
    present: boolean,
    updatedAt: string,
  }),
  'saved.updated': object({ roomId: string, threadRoot: optional(number), ordinal: number, saved: boolean }),
  'emoji.changed': object({}),
  'permissions.changed': object({}),
};

function decodeChange(source: Record<string, unknown>): ReactionChange | undefined {
  if (source['emoji'] === undefined || source['actorId'] === undefined) return undefined;
  return object({ emoji: string, actorId: string, added: boolean })(source, '');
}

/** Reads one text frame; throws {@link DecodeError} for one that breaks the contract. */
export function decodeFrame(text: string): Frame {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DecodeError('frame', 'JSON');
  }
  const source = fields(value, 'frame');
  const type = string(source['type'], 'type');
  if (isKey(CONTROL, type)) {
    return { kind: 'control', frame: { type, ...CONTROL[type](source, type) } as ControlFrame };
  }
  const cursor = optional(string)(source['cursor'], 'cursor');
  if (!isKey(EVENTS, type)) return { kind: 'unknown', cursor };
  return { kind: 'event', cursor, event: { type, ...EVENTS[type](source, type) } as LiveEvent };
}

function isKey<T extends object>(table: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(table, key);
}
