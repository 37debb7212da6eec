import { SvelteMap } from 'svelte/reactivity';
import type {
  BanPage,
  ChattoApi,
  MemberPage,
  NewRoom,
  RoomChange,
  RoomFilter,
  RoomPage,
} from '../api/client';
import { ApiError } from '../api/error';
import type { PersonalApi } from '../api/personal';
import type { Message, Room, RoomFacts } from '../api/types';
import type { LiveEvent } from '../realtime/events';
import { Throttle } from '../support/throttle';
import { placeAmong, type Spot } from './arranging';
import { titleOf } from './naming';
import { byActivity, byPlace } from './sections';

const READ_INTERVAL_MILLIS = 800;
const READ_RETRY_MILLIS = 5_000;
const MOST_PAGES = 40;

/** The rooms of this person with their live unread counts, and every other room that was looked at. */
export class Rooms {
  loaded = $state(false);
  readonly byId = new SvelteMap<string, Room>();

  /** Joined channels for the list, without the archived. */
  readonly joined: Room[] = $derived(this.channels(false));
  readonly archived: Room[] = $derived(this.channels(true));
  /** Conversations for the list, the latest first. One that somebody else opened shows once something was written. */
  readonly conversations: Room[] = $derived(
    [...this.byId.values()]
      .filter((room) => room.kind === 'dm' && room.joined)
      .filter((room) => room.head >= 0 || room.createdBy === this.me())
      .sort(byActivity),
  );
  readonly totalUnread: number = $derived(
    [...this.joined, ...this.conversations].reduce((sum, room) => sum + room.unread, 0),
  );

  /** Rooms where a message was made unread by hand, and which: nothing counts as read there until the room is opened anew. */
  private readonly held = new SvelteMap<string, number>();
  /** Read positions that the server has not confirmed yet. */
  private readonly unsentReads = new Map<string, number>();
  private readonly reads = new Throttle(READ_INTERVAL_MILLIS, () => void this.sendReads());

  constructor(
    private readonly api: ChattoApi,
    private readonly me: () => string | undefined,
    private readonly personal: Pick<PersonalApi, 'markUnread'>,
  ) {}

  get(id: string): Room | undefined {
    return this.byId.get(id);
  }

  /** Loads all joined rooms; those that are no longer among them are left. */
  async load(): Promise<void> {
    const found = await this.all({ joined: true });
    const ids = new Set(found.map((room) => room.id));
    for (const room of [...this.byId.values()]) {
      if (room.joined && !ids.has(room.id)) this.setLeft(room.id);
    }
    for (const room of found) this.put(room);
    this.loaded = true;
  }

  /** Makes sure that a room is known, joined or not. Throws when it cannot be seen. */
  async ensure(id: string): Promise<Room> {
    return this.byId.get(id) ?? this.put(await this.api.room(id));
  }

  /** Channels that the viewer may see. */
  async browse(filter: RoomFilter): Promise<RoomPage> {
    return await this.api.rooms({ ...filter, kind: 'channel' });
  }

  async create(room: NewRoom, key: string): Promise<Room> {
    return this.put(await this.api.createRoom(room, key));
  }

  /** The conversation with some others, or notes to oneself. */
  async openConversation(userIds: readonly string[]): Promise<Room> {
    return this.put(await this.api.openConversation(userIds));
  }

  async update(id: string, change: RoomChange): Promise<Room> {
    return this.put(await this.api.updateRoom(id, change));
  }

  /** Puts a room elsewhere in the list. */
  async arrange(id: string, { groupId, before }: Spot): Promise<void> {
    const position = placeAmong(await this.all({ group: groupId, kind: 'channel' }), id, before);
    const moves = this.byId.get(id)?.groupId !== groupId;
    await this.update(id, { position, ...(moves ? { groupId } : {}) });
  }

  async join(id: string): Promise<Room> {
    return this.put(await this.api.join(id));
  }

  async leave(id: string): Promise<void> {
    await this.api.leave(id);
    this.setLeft(id);
  }

  async members(id: string, beginning = '', cursor?: string): Promise<MemberPage> {
    return await this.api.members(id, beginning, cursor);
  }

  async addMember(id: string, userId: string): Promise<void> {
    this.put(await this.api.addMember(id, userId));
  }

  async removeMember(id: string, userId: string, reason: string): Promise<void> {
    await this.api.removeMember(id, userId, reason);
  }

  async bans(id: string, cursor?: string): Promise<BanPage> {
    return await this.api.bans(id, cursor);
  }

  async ban(id: string, userId: string, reason: string, expiresAt: string | undefined): Promise<void> {
    await this.api.ban(id, { userId, reason, ...(expiresAt === undefined ? {} : { expiresAt }) });
  }

  async unban(id: string, userId: string): Promise<void> {
    await this.api.unban(id, userId);
  }

  /** The person has seen everything up to this message; shown at once, sent to the server a little later. */
  markRead(id: string, ordinal: number): void {
    const room = this.byId.get(id);
    if (room === undefined || !room.joined || ordinal <= room.readOrdinal || this.held.has(id)) return;
    this.byId.set(id, withRead(room, ordinal));
    this.unsentReads.set(id, ordinal);
    this.reads.request();
  }

  /** The person wants to know of nothing that is there now. */
  markAllRead(): void {
    for (const room of [...this.joined, ...this.conversations]) this.markRead(room.id, room.head);
  }

  /** Makes a message and all after it unread. Throws when the server does not take it. */
  async markUnread(id: string, ordinal: number): Promise<void> {
    this.unsentReads.delete(id);
    this.held.set(id, ordinal);
    const { readOrdinal } = await this.personal.markUnread(id, ordinal);
    const room = this.byId.get(id);
    if (room !== undefined) this.byId.set(id, withRead(room, readOrdinal));
  }

  /** The message that was made unread by hand while the room is open. */
  heldFrom(id: string): number | undefined {
    return this.held.get(id);
  }

  /** The room is opened: what is seen counts as read. */
  release(id: string): void {
    this.held.delete(id);
  }

  apply(event: LiveEvent): void {
    switch (event.type) {
      case 'message.posted':
        this.posted(event.roomId, event.message);
        return;
      case 'room.updated':
        this.updated(event.room);
        return;
      case 'room.joined':
        if (event.room !== undefined) this.merge(event.room);
        if (event.user.id === this.me()) void this.refresh(event.roomId);
        return;
      case 'room.left':
        if (event.userId === this.me()) this.setLeft(event.roomId);
        else this.countMember(event.roomId, -1);
        return;
      case 'read.updated':
        this.hearRead(event.roomId, event.readOrdinal);
        return;
      case 'groups.changed':
      case 'message.edited':
      case 'message.deleted':
      case 'message.reactions':
      case 'message.pinned':
      case 'thread.followed':
      case 'notification.created':
      case 'notification.read':
      case 'threads.changed':
      case 'typing':
      case 'presence.changed':
      case 'presence.chosen':
      case 'user.updated':
      case 'draft.updated':
      case 'saved.updated':
      case 'emoji.changed':
      case 'permissions.changed':
        return;
      default:
        event satisfies never;
    }
  }

  clear(): void {
    this.reads.cancel();
    this.unsentReads.clear();
    this.held.clear();
    this.byId.clear();
    this.loaded = false;
  }

  private async all(filter: RoomFilter): Promise<Room[]> {
    const found: Room[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const page = await this.api.rooms(cursor === undefined ? filter : { ...filter, cursor });
      found.push(...page.rooms);
      cursor = page.nextCursor;
      if (cursor === undefined) break;
    }
    return found;
  }

  private channels(archived: boolean): Room[] {
    return [...this.byId.values()]
      .filter((room) => room.kind !== 'dm' && room.joined && room.archived === archived)
      .sort(byPlace);
  }

  private put(room: Room): Room {
    const known = this.byId.get(room.id);
    const read = Math.max(room.readOrdinal, known?.joined === true ? known.readOrdinal : -1);
    const head = Math.max(room.head, known?.head ?? -1);
    const merged = withRead({ ...room, head, name: titleOf(room, this.me()) }, read);
    this.byId.set(room.id, merged);
    return merged;
  }

  private updated(facts: RoomFacts): void {
    const known = this.byId.get(facts.id);
    this.merge(facts);
    // Whether the viewer belongs to it now, and what is unread then, no broadcast can say.
    if (facts.universal !== (known?.universal ?? false)) void this.refresh(facts.id);
  }

  private merge(facts: RoomFacts): void {
    const room = this.byId.get(facts.id);
    if (room === undefined) return;
    const head = Math.max(room.head, facts.head);
    const name = titleOf(facts, this.me());
    this.byId.set(facts.id, withRead({ ...room, ...facts, head, name }, room.readOrdinal));
  }

  private posted(id: string, message: Message): void {
    const room = this.byId.get(id);
    if (room === undefined) {
      void this.refresh(id); // A conversation begins that was not listed before.
      return;
    }
    const main = message.threadRoot === undefined;
    const head = main ? Math.max(room.head, message.ordinal) : room.head;
    const own = message.author.id === this.me() && room.slowModeSeconds > 0 && !isExempt(room);
    const postableAt = own ? after(message.createdAt, room.slowModeSeconds) : room.postableAt;
    const activity = message.createdAt;
    this.byId.set(id, withRead({ ...room, head, postableAt, lastActivityAt: activity }, room.readOrdinal));
  }

  private countMember(id: string, change: number): void {
    const room = this.byId.get(id);
    if (room !== undefined)
      this.byId.set(id, { ...room, memberCount: Math.max(0, room.memberCount + change) });
  }

  private setLeft(id: string): void {
    const room = this.byId.get(id);
    if (room?.joined === true) {
      this.byId.set(id, {
        ...room,
        joined: false,
        unread: 0,
        memberCount: Math.max(0, room.memberCount - 1),
      });
    }
  }

  private confirmRead(id: string, ordinal: number): void {
    const room = this.byId.get(id);
    if (room !== undefined) this.byId.set(id, withRead(room, Math.max(room.readOrdinal, ordinal)));
  }

  /** Another device has read on, or made something unread; what is read here and not confirmed yet counts more. */
  private hearRead(id: string, ordinal: number): void {
    const room = this.byId.get(id);
    if (room === undefined) return;
    const own = this.unsentReads.has(id) ? room.readOrdinal : -1;
    this.byId.set(id, withRead(room, Math.max(own, ordinal)));
  }

  private async refresh(id: string): Promise<void> {
    try {
      this.put(await this.api.room(id));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Without this answer the list is completed by the next load, which follows every reconnect.
    }
  }

  private async sendReads(): Promise<void> {
    for (const [id, ordinal] of [...this.unsentReads]) {
      try {
        const state = await this.api.read(id, ordinal);
        if (this.unsentReads.get(id) === ordinal) this.unsentReads.delete(id);
        this.confirmRead(id, state.readOrdinal);
      } catch (error) {
        if (error instanceof ApiError && error.temporary) {
          setTimeout(() => this.reads.request(), error.retryAfterMillis ?? READ_RETRY_MILLIS);
          return;
        }
        this.unsentReads.delete(id);
      }
    }
  }
}

function withRead(room: Room, readOrdinal: number): Room {
  return { ...room, readOrdinal, unread: room.joined ? Math.max(0, room.head - readOrdinal) : 0 };
}

/** Slow mode is for those who do not look after the room. */
function isExempt(room: Room): boolean {
  return room.permissions.includes('room.manage') || room.permissions.includes('message.manage');
}

function after(time: string, seconds: number): string | undefined {
  const start = Date.parse(time);
  return Number.isNaN(start) ? undefined : new Date(start + seconds * 1_000).toISOString();
}
