import { decodeAttachment, type Attachment } from './attachments';
import { array, boolean, number, object, oneOf, optional, string, withDefault, type Decoder } from './decode';

/** What a person tells of themselves for a while. */
export interface Status {
  /** A character, or `:name:` of a custom emoji; may be empty. */
  emoji: string;
  text: string;
  expiresAt: string | undefined;
}

/** The author of a message, as every message carries it. */
export interface Author {
  id: string;
  login: string;
  displayName: string;
  avatarUrl: string | undefined;
  status?: Status | undefined;
}

export interface User extends Author {
  owner: boolean;
  roles: string[];
  createdAt: string;
}

/** How a person is shown to others. */
export type PresenceState = 'online' | 'away' | 'doNotDisturb' | 'offline';

/** What a person chose to be shown as while connected. */
export type PresenceChoice = 'automatic' | 'away' | 'doNotDisturb' | 'offline';

export interface PersonPresence {
  userId: string;
  state: PresenceState;
}

export interface OwnPresence {
  state: PresenceState;
  choice: PresenceChoice;
}

export interface Me {
  user: User;
  permissions: string[];
}

/** A room without what depends on the viewer; this is what the realtime feed carries. */
export interface RoomFacts {
  id: string;
  name: string;
  kind: string;
  description: string;
  archived: boolean;
  /** Ordinal of the newest message of the main line, -1 when there is none. */
  head: number;
  memberCount: number;
  createdAt: string;
  createdBy: string | undefined;
  /** Where a channel is listed; a conversation is in no group. */
  groupId: string | undefined;
  /** Sorts the channels of a group; those without it follow by name. */
  position: number | undefined;
  universal: boolean;
  private: boolean;
  slowModeSeconds: number;
  /** Who takes part in a conversation; empty for a channel. */
  participants: Author[];
  lastActivityAt: string | undefined;
}

export interface Room extends RoomFacts {
  joined: boolean;
  /** Ordinal of the last read message, -1 when none was read. */
  readOrdinal: number;
  unread: number;
  canManage: boolean;
  /** What the viewer may do in this room. */
  permissions: string[];
  /** When the viewer may write again, in a room with slow mode. */
  postableAt: string | undefined;
}

export interface GroupLink {
  label: string;
  url: string;
}

/** Rooms that are listed together. */
export interface Group {
  id: string;
  name: string;
  description: string;
  position: number;
  links: GroupLink[];
}

/** Keeps a person out of a room. */
export interface Ban {
  user: Author;
  bannedBy: Author;
  reason: string;
  bannedAt: string;
  expiresAt: string | undefined;
}

export interface Reaction {
  emoji: string;
  count: number;
  mine: boolean;
}

export interface ThreadSummary {
  replies: number;
  lastReplyAt: string | undefined;
  participants: Author[];
  /** Whether the viewer hears of new replies; unknown in what everybody is sent. */
  following: boolean | undefined;
}

/** The thread reply that an entry of the main line shows. */
export interface EchoOf {
  threadRoot: number;
  ordinal: number;
  id: string;
}

/** Where a message stands. */
export interface MessagePlace {
  roomId: string;
  ordinal: number;
  threadRoot: number | undefined;
}

/** A copy of another message, as it was when it was forwarded. */
export interface Forwarded extends MessagePlace {
  author: Author;
  createdAt: string;
  body: string;
}

export interface Pinned {
  at: string;
  by: Author;
}

/** Whom a message calls, as the server found when it was written. */
export interface Mentions {
  users: { id: string; login: string; displayName: string }[];
  roles: { id: string; displayName: string }[];
  here: boolean;
  all: boolean;
}

export interface Message {
  id: string;
  roomId: string;
  ordinal: number;
  threadRoot: number | undefined;
  author: Author;
  body: string;
  createdAt: string;
  editedAt: string | undefined;
  deletedAt: string | undefined;
  /** The ordinal, in the same line, of the message that this one answers. */
  replyTo: number | undefined;
  reactions: Reaction[];
  thread: ThreadSummary | undefined;
  mentions: Mentions | undefined;
  pinned: Pinned | undefined;
  echoOf: EchoOf | undefined;
  /** Of a thread reply that the main line shows, too: the ordinal there. */
  echoedAt: number | undefined;
  forwarded: Forwarded | undefined;
  attachments: Attachment[];
  idempotencyKey: string | undefined;
}

export interface MessagePage {
  /** Ascending by ordinal, without holes. */
  messages: Message[];
  head: number;
  hasOlder: boolean;
  hasNewer: boolean;
  /** Of a page that was asked for by a time: the ordinal of the first message at that time or later. */
  anchor: number | undefined;
}

export interface ReadState {
  readOrdinal: number;
  unread: number;
}

const decodeStatus: Decoder<Status> = object({
  emoji: withDefault(string, ''),
  text: withDefault(string, ''),
  expiresAt: optional(string),
});

const authorShape = {
  id: string,
  login: withDefault(string, ''),
  displayName: string,
  avatarUrl: optional(string),
  status: optional(decodeStatus),
};

export const decodeAuthor: Decoder<Author> = object(authorShape);

export const decodeUser: Decoder<User> = object({
  ...authorShape,
  owner: withDefault(boolean, false),
  roles: withDefault(array(string), []),
  createdAt: withDefault(string, ''),
});

const decodePresenceState = oneOf<PresenceState>(['online', 'away', 'doNotDisturb', 'offline'], 'offline');

export const decodePresenceChoice = oneOf<PresenceChoice>(
  ['automatic', 'away', 'doNotDisturb', 'offline'],
  'automatic',
);

export const decodePersonPresence: Decoder<PersonPresence> = object({
  userId: string,
  state: decodePresenceState,
});

export const decodeOwnPresence: Decoder<OwnPresence> = object({
  state: decodePresenceState,
  choice: decodePresenceChoice,
});

export const decodeMe: Decoder<Me> = object({
  user: decodeUser,
  permissions: withDefault(array(string), []),
});

const roomFactsShape = {
  id: string,
  name: string,
  kind: withDefault(string, 'channel'),
  description: withDefault(string, ''),
  archived: withDefault(boolean, false),
  head: withDefault(number, -1),
  memberCount: withDefault(number, 0),
  createdAt: withDefault(string, ''),
  createdBy: optional(string),
  groupId: optional(string),
  position: optional(number),
  universal: withDefault(boolean, false),
  private: withDefault(boolean, false),
  slowModeSeconds: withDefault(number, 0),
  participants: withDefault(array(decodeAuthor), []),
  lastActivityAt: optional(string),
};

export const decodeRoomFacts: Decoder<RoomFacts> = object(roomFactsShape);

export const decodeRoom: Decoder<Room> = object({
  ...roomFactsShape,
  joined: withDefault(boolean, false),
  readOrdinal: withDefault(number, -1),
  unread: withDefault(number, 0),
  canManage: withDefault(boolean, false),
  permissions: withDefault(array(string), []),
  postableAt: optional(string),
});

export const decodeGroup: Decoder<Group> = object({
  id: string,
  name: string,
  description: withDefault(string, ''),
  position: withDefault(number, 0),
  links: withDefault(array(object({ label: string, url: string })), []),
});

export const decodeBan: Decoder<Ban> = object({
  user: decodeAuthor,
  bannedBy: decodeAuthor,
  reason: withDefault(string, ''),
  bannedAt: string,
  expiresAt: optional(string),
});

/** Older servers name participants by id only; such entries are shown without a face rather than refused. */
const decodeParticipant: Decoder<Author> = (value, path) =>
  typeof value === 'string'
    ? { id: value, login: '', displayName: '', avatarUrl: undefined }
    : decodeAuthor(value, path);

export const decodeThread: Decoder<ThreadSummary> = object({
  replies: number,
  lastReplyAt: optional(string),
  participants: withDefault(array(decodeParticipant), []),
  following: optional(boolean),
});

const placeShape = { roomId: string, ordinal: number, threadRoot: optional(number) };

export const decodeMentions: Decoder<Mentions> = object({
  users: withDefault(array(object({ id: string, login: string, displayName: withDefault(string, '') })), []),
  roles: withDefault(array(object({ id: string, displayName: withDefault(string, '') })), []),
  here: withDefault(boolean, false),
  all: withDefault(boolean, false),
});

export const decodeMessage: Decoder<Message> = object({
  id: string,
  roomId: string,
  ordinal: number,
  threadRoot: optional(number),
  author: decodeAuthor,
  body: withDefault(string, ''),
  createdAt: string,
  editedAt: optional(string),
  deletedAt: optional(string),
  replyTo: optional(number),
  reactions: withDefault(
    array(object({ emoji: string, count: number, mine: withDefault(boolean, false) })),
    [],
  ),
  thread: optional(decodeThread),
  mentions: optional(decodeMentions),
  pinned: optional(object({ at: string, by: decodeAuthor })),
  echoOf: optional(object({ threadRoot: number, ordinal: number, id: string })),
  echoedAt: optional(number),
  forwarded: optional(
    object({ ...placeShape, author: decodeAuthor, createdAt: string, body: withDefault(string, '') }),
  ),
  attachments: withDefault(array(decodeAttachment), []),
  idempotencyKey: optional(string),
});

export const decodePage: Decoder<MessagePage> = object({
  messages: array(decodeMessage),
  head: number,
  hasOlder: boolean,
  hasNewer: boolean,
  anchor: optional(number),
});

export const decodeReadState: Decoder<ReadState> = object({ readOrdinal: number, unread: number });
