import { ApiError } from '../api/error';
import type { Notification, NotificationPage, NotificationsApi } from '../api/notifications';
import type { LiveEvent } from '../realtime/events';

const RELOAD_RETRY_MILLIS = 3_000;

/** So much of the list is kept without anybody looking at it. */
const MOST_KEPT = 200;

/** What the viewer is notified of, the newest first, and how much of it is unread. */
export class Notifications {
  list: Notification[] = $state.raw([]);
  unread = $state(0);
  loaded = $state(false);
  nextCursor: string | undefined = $state();

  /** Called with what is to be brought to attention at once. */
  alert: (notification: Notification) => void = () => undefined;

  private generation = 0;

  constructor(private readonly api: Pick<NotificationsApi, 'list' | 'read' | 'remove' | 'clear'>) {}

  /** Loads the newest part, as after every gap in the feed; tries again while the server is away. */
  async load(): Promise<void> {
    const generation = (this.generation += 1);
    try {
      const page = await this.api.list();
      if (generation === this.generation) this.show(page, page.notifications);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.temporary) {
        setTimeout(() => {
          if (generation === this.generation) void this.load();
        }, RELOAD_RETRY_MILLIS);
      }
    }
  }

  /** Loads older ones. Throws when the server does not answer. */
  async more(): Promise<void> {
    if (this.nextCursor === undefined) return;
    const generation = this.generation;
    const page = await this.api.list(this.nextCursor);
    if (generation === this.generation) this.show(page, [...this.list, ...page.notifications]);
  }

  async markRead(notification: Notification): Promise<void> {
    if (notification.read) return;
    this.list = this.list.map((one) => (one.id === notification.id ? { ...one, read: true } : one));
    this.unread = Math.max(0, this.unread - 1);
    this.unread = await this.api.read({ ids: [notification.id] });
  }

  async markAllRead(): Promise<void> {
    this.list = this.list.map((one) => ({ ...one, read: true }));
    this.unread = await this.api.read({ all: true });
  }

  async remove(notification: Notification): Promise<void> {
    this.list = this.list.filter((one) => one.id !== notification.id);
    await this.api.remove(notification.id);
  }

  async clear(): Promise<void> {
    await this.api.clear();
    this.list = [];
    this.unread = 0;
    this.nextCursor = undefined;
  }

  apply(event: LiveEvent): void {
    switch (event.type) {
      case 'notification.created':
        this.add(event.notification, event.alert);
        return;
      case 'notification.read':
        void this.load();
        return;
      case 'read.updated':
        this.readRoom(event.roomId, event.readOrdinal);
        return;
      case 'message.deleted':
        if (this.list.some((one) => isOf(one, event.message))) void this.load();
        return;
      case 'room.left':
        if (this.list.some((one) => one.roomId === event.roomId)) void this.load();
        return;
      case 'draft.updated':
      case 'emoji.changed':
      case 'groups.changed':
      case 'message.edited':
      case 'message.pinned':
      case 'message.posted':
      case 'message.reactions':
      case 'permissions.changed':
      case 'presence.changed':
      case 'presence.chosen':
      case 'room.joined':
      case 'room.updated':
      case 'saved.updated':
      case 'thread.followed':
      case 'threads.changed':
      case 'typing':
      case 'user.updated':
        return;
      default:
        event satisfies never;
    }
  }

  /** Nobody is signed in any more. */
  reset(): void {
    this.generation += 1;
    this.list = [];
    this.unread = 0;
    this.nextCursor = undefined;
    this.loaded = false;
  }

  private show(page: NotificationPage, list: Notification[]): void {
    this.list = list;
    this.unread = page.unread;
    this.nextCursor = page.nextCursor;
    this.loaded = true;
  }

  private add(notification: Notification, alert: boolean): void {
    if (this.list.some((one) => one.id === notification.id)) return;
    this.list = [notification, ...this.list].slice(0, MOST_KEPT);
    this.unread += 1;
    if (alert) this.alert(notification);
  }

  private readRoom(roomId: string, ordinal: number): void {
    const reads = (one: Notification): boolean =>
      !one.read &&
      one.roomId === roomId &&
      one.threadRoot === undefined &&
      one.emoji === undefined &&
      one.ordinal <= ordinal;
    const count = this.list.filter(reads).length;
    if (count === 0) return;
    this.list = this.list.map((one) => (reads(one) ? { ...one, read: true } : one));
    this.unread = Math.max(0, this.unread - count);
  }
}

interface Place {
  roomId: string;
  threadRoot: number | undefined;
  ordinal: number;
}

function isOf(notification: Place, message: Place): boolean {
  return (
    notification.roomId === message.roomId &&
    notification.threadRoot === message.threadRoot &&
    notification.ordinal === message.ordinal
  );
}
