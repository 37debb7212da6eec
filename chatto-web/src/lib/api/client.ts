import { array, boolean, object, optional, string } from './decode';
import type { Http } from './http';
import { decodeReactionPeople, decodeRole, type ReactionPeople, type Role } from './people';
import { decodeServer, type ServerInfo } from './server';
import {
  decodeBan,
  decodeGroup,
  decodeMe,
  decodeMessage,
  decodeOwnPresence,
  decodePage,
  decodeReadState,
  decodeRoom,
  decodeUser,
  type Ban,
  type Group,
  type GroupLink,
  type Me,
  type Message,
  type MessagePage,
  type MessagePlace,
  type OwnPresence,
  type PresenceChoice,
  type ReadState,
  type Room,
  type User,
} from './types';
import { decodeWritten, type WrittenMessage } from './written';

/** A room's main line, or the replies of one of its messages. */
export interface Line {
  readonly roomId: string;
  readonly threadRoot: number | undefined;
}

export type PagePosition =
  { before: number } | { after: number } | { around: number } | { at: string } | 'newest';

/** What a message can be besides its text. */
export interface PostExtras {
  readonly replyTo?: number | undefined;
  readonly alsoToRoom?: boolean | undefined;
  readonly forward?: MessagePlace | undefined;
  /** Ids of files that were uploaded for it. */
  readonly attachments?: readonly string[] | undefined;
}

export interface Registration {
  login: string;
  password: string;
  displayName?: string;
  invite?: string;
}

const COOKIE_SESSION = { 'X-Chatto-Session': 'cookie' };
const decodeSession = object({ user: decodeUser });

/** Every call of the HTTP interface that this client makes. */
export class ChattoApi {
  constructor(private readonly http: Http) {}

  async server(): Promise<ServerInfo> {
    return await this.http.send({ method: 'GET', path: '/server' }, decodeServer);
  }

  /** Whether this browser holds a session, which the server may have ended in the meantime. */
  hasSession(): boolean {
    return this.http.hasSession();
  }

  async me(): Promise<Me> {
    return await this.http.send({ method: 'GET', path: '/me' }, decodeMe);
  }

  async register(body: Registration): Promise<User> {
    const call = { method: 'POST', path: '/auth/register', body, headers: COOKIE_SESSION } as const;
    return (await this.http.send(call, decodeSession)).user;
  }

  async login(login: string, password: string): Promise<User> {
    const body = { login, password };
    const call = { method: 'POST', path: '/auth/login', body, headers: COOKIE_SESSION } as const;
    return (await this.http.send(call, decodeSession)).user;
  }

  async logout(): Promise<void> {
    await this.http.sendForNothing({ method: 'POST', path: '/auth/logout' });
  }

  async claim(token: string): Promise<User> {
    const call = { method: 'POST', path: '/setup/claim', body: { token } } as const;
    return (await this.http.send(call, decodeSession)).user;
  }

  async rename(displayName: string): Promise<User> {
    return await this.http.send({ method: 'PATCH', path: '/me', body: { displayName } }, decodeUser);
  }

  async choosePresence(state: PresenceChoice): Promise<OwnPresence> {
    const call = { method: 'PUT', path: '/me/presence', body: { state } } as const;
    return await this.http.send(call, decodeOwnPresence);
  }

  /** One page of the rooms that this person may see, joined ones first. */
  async rooms(filter: RoomFilter = {}): Promise<RoomPage> {
    const query = {
      ...filter,
      joined: filter.joined?.toString(),
      archived: filter.archived?.toString(),
      limit: filter.limit?.toString(),
    };
    const decoder = object({ rooms: array(decodeRoom), nextCursor: optional(string) });
    return await this.http.send({ method: 'GET', path: '/rooms', query: defined(query) }, decoder);
  }

  async room(id: string): Promise<Room> {
    return await this.http.send({ method: 'GET', path: roomPath(id) }, decodeRoom);
  }

  async createRoom(body: NewRoom, key: string): Promise<Room> {
    const headers = { 'Idempotency-Key': key };
    return await this.http.send({ method: 'POST', path: '/rooms', body, headers }, decodeRoom);
  }

  async updateRoom(id: string, body: RoomChange): Promise<Room> {
    return await this.http.send({ method: 'PATCH', path: roomPath(id), body }, decodeRoom);
  }

  async groups(): Promise<Group[]> {
    const decoder = object({ groups: array(decodeGroup) });
    return (await this.http.send({ method: 'GET', path: '/groups' }, decoder)).groups;
  }

  async createGroup(body: GroupChange): Promise<Group> {
    return await this.http.send({ method: 'POST', path: '/groups', body }, decodeGroup);
  }

  async updateGroup(id: string, body: GroupChange): Promise<Group> {
    return await this.http.send({ method: 'PATCH', path: groupPath(id), body }, decodeGroup);
  }

  async deleteGroup(id: string): Promise<void> {
    await this.http.sendForNothing({ method: 'DELETE', path: groupPath(id) });
  }

  async join(id: string): Promise<Room> {
    return await this.http.send({ method: 'POST', path: `${roomPath(id)}/join` }, decodeRoom);
  }

  async leave(id: string): Promise<void> {
    await this.http.sendForNothing({ method: 'POST', path: `${roomPath(id)}/leave` });
  }

  async members(id: string, beginning: string, cursor?: string): Promise<MemberPage> {
    const decoder = object({ members: array(decodeUser), nextCursor: optional(string) });
    const query = { limit: 200, query: beginning, cursor };
    return await this.http.send({ method: 'GET', path: `${roomPath(id)}/members`, query }, decoder);
  }

  /** The people whose name or login begins with a text. */
  async people(query: string, limit: number): Promise<User[]> {
    const decoder = object({ users: array(decodeUser) });
    return (await this.http.send({ method: 'GET', path: '/users', query: { query, limit } }, decoder)).users;
  }

  /** The conversation with some people, which is made when there is none yet. */
  async openConversation(userIds: readonly string[]): Promise<Room> {
    return await this.http.send({ method: 'POST', path: '/dms', body: { userIds } }, decodeRoom);
  }

  async addMember(id: string, userId: string): Promise<Room> {
    const call = { method: 'POST', path: `${roomPath(id)}/members`, body: { userId } } as const;
    return await this.http.send(call, decodeRoom);
  }

  async removeMember(id: string, userId: string, reason: string): Promise<void> {
    const path = `${roomPath(id)}/members/${encodeURIComponent(userId)}`;
    await this.http.sendForNothing({ method: 'DELETE', path, body: { reason } });
  }

  async bans(id: string, cursor?: string): Promise<BanPage> {
    const decoder = object({ bans: array(decodeBan), nextCursor: optional(string) });
    const call = { method: 'GET', path: `${roomPath(id)}/bans`, query: { cursor } } as const;
    return await this.http.send(call, decoder);
  }

  async ban(id: string, body: { userId: string; reason: string; expiresAt?: string }): Promise<Ban> {
    return await this.http.send({ method: 'POST', path: `${roomPath(id)}/bans`, body }, decodeBan);
  }

  async unban(id: string, userId: string): Promise<void> {
    const path = `${roomPath(id)}/bans/${encodeURIComponent(userId)}`;
    await this.http.sendForNothing({ method: 'DELETE', path });
  }

  async roles(): Promise<Role[]> {
    const decoder = object({ roles: array(decodeRole) });
    return (await this.http.send({ method: 'GET', path: '/roles' }, decoder)).roles;
  }

  async page(line: Line, position: PagePosition, limit: number): Promise<MessagePage> {
    const query = position === 'newest' ? { limit } : { limit, ...position };
    return await this.http.send({ method: 'GET', path: linePath(line), query }, decodePage);
  }

  async message(line: Line, ordinal: number): Promise<Message> {
    return await this.http.send({ method: 'GET', path: `${linePath(line)}/${ordinal}` }, decodeMessage);
  }

  async post(line: Line, body: string, key: string, extras: PostExtras = {}): Promise<WrittenMessage> {
    return await this.http.send(
      {
        method: 'POST',
        path: `${roomPath(line.roomId)}/messages`,
        body: { body, threadRoot: line.threadRoot, ...extras },
        headers: { 'Idempotency-Key': key },
      },
      decodeWritten,
    );
  }

  async pin(line: Line, ordinal: number, on: boolean): Promise<Message> {
    const path = `${linePath(line)}/${ordinal}/pin`;
    return await this.http.send({ method: on ? 'PUT' : 'DELETE', path }, decodeMessage);
  }

  async pins(roomId: string, cursor?: string): Promise<MessageList> {
    const decoder = object({ messages: array(decodeMessage), nextCursor: optional(string) });
    const query = defined({ cursor });
    return await this.http.send({ method: 'GET', path: `${roomPath(roomId)}/pins`, query }, decoder);
  }

  /** Who reacted, the earliest first; with an emoji, only with that one. */
  async reactions(
    line: Line,
    ordinal: number,
    part: { emoji?: string; limit?: number; cursor?: string | undefined } = {},
  ): Promise<ReactionPage> {
    const decoder = object({ reactions: array(decodeReactionPeople), nextCursor: optional(string) });
    const path = `${linePath(line)}/${ordinal}/reactions`;
    const query = defined({ emoji: part.emoji, limit: part.limit?.toString(), cursor: part.cursor });
    return await this.http.send({ method: 'GET', path, query }, decoder);
  }

  async follow(roomId: string, root: number, on: boolean): Promise<boolean> {
    const path = `${roomPath(roomId)}/threads/${root}/follow`;
    const decoder = object({ following: boolean });
    return (await this.http.send({ method: on ? 'PUT' : 'DELETE', path }, decoder)).following;
  }

  async edit(line: Line, ordinal: number, body: string): Promise<WrittenMessage> {
    const path = `${linePath(line)}/${ordinal}`;
    return await this.http.send({ method: 'PATCH', path, body: { body } }, decodeWritten);
  }

  async remove(line: Line, ordinal: number): Promise<void> {
    await this.http.sendForNothing({ method: 'DELETE', path: `${linePath(line)}/${ordinal}` });
  }

  async react(line: Line, ordinal: number, emoji: string, on: boolean): Promise<Message> {
    const path = `${linePath(line)}/${ordinal}/reactions/${encodeURIComponent(emoji)}`;
    return await this.http.send({ method: on ? 'PUT' : 'DELETE', path }, decodeMessage);
  }

  async read(roomId: string, ordinal: number): Promise<ReadState> {
    const path = `${roomPath(roomId)}/read`;
    return await this.http.send({ method: 'PUT', path, body: { ordinal } }, decodeReadState);
  }

  async typing(line: Line): Promise<void> {
    const body = line.threadRoot === undefined ? {} : { threadRoot: line.threadRoot };
    await this.http.sendForNothing({ method: 'POST', path: `${roomPath(line.roomId)}/typing`, body });
  }
}

export interface RoomFilter {
  query?: string;
  joined?: boolean;
  kind?: string;
  group?: string;
  archived?: boolean;
  limit?: number;
  cursor?: string;
}

export interface NewRoom {
  name: string;
  description: string;
  groupId?: string;
  private?: boolean;
  universal?: boolean;
}

/** What is to be different about a room; what is left out stays. */
export interface RoomChange {
  name?: string;
  description?: string;
  archived?: boolean;
  groupId?: string;
  position?: number;
  private?: boolean;
  universal?: boolean;
  slowModeSeconds?: number;
}

/** What is to be different about a group; what is left out stays. */
export interface GroupChange {
  name?: string;
  description?: string;
  links?: GroupLink[];
  position?: number;
}

export interface BanPage {
  bans: Ban[];
  nextCursor: string | undefined;
}

export interface RoomPage {
  rooms: Room[];
  nextCursor: string | undefined;
}

export interface MessageList {
  messages: Message[];
  nextCursor: string | undefined;
}

export interface ReactionPage {
  reactions: ReactionPeople[];
  nextCursor: string | undefined;
}

export interface MemberPage {
  members: User[];
  nextCursor: string | undefined;
}

export function lineKey(line: Line): string {
  return line.threadRoot === undefined ? line.roomId : `${line.roomId}.${line.threadRoot}`;
}

function groupPath(id: string): string {
  return `/groups/${encodeURIComponent(id)}`;
}

function roomPath(id: string): string {
  return `/rooms/${encodeURIComponent(id)}`;
}

/** Where a line's messages are. */
export function linePath(line: Line): string {
  const room = roomPath(line.roomId);
  return line.threadRoot === undefined ? `${room}/messages` : `${room}/threads/${line.threadRoot}/messages`;
}

function defined(query: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}
