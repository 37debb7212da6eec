import { ApiError } from '../api/error';
import type { FollowedThread, NotificationsApi } from '../api/notifications';
import type { Message } from '../api/types';
import type { LiveEvent, ThreadRoot } from '../realtime/events';
import { Throttle } from '../support/throttle';

const LOAD_INTERVAL_MILLIS = 1_000;
const READ_INTERVAL_MILLIS = 700;
const RETRY_MILLIS = 3_000;

interface UnsentRead {
  roomId: string;
  root: number;
  ordinal: number;
}

/** The threads that the viewer follows, the one with the newest reply first. */
export class FollowedThreads {
  list: FollowedThread[] = $state.raw([]);
  /** How many of all of them have unread replies. */
  unread = $state(0);
  loaded = $state(false);
  nextCursor: string | undefined = $state();

  private generation = 0;
  private readonly loads = new Throttle(LOAD_INTERVAL_MILLIS, () => void this.loadNow());
  private readonly unsentReads = new Map<string, UnsentRead>();
  private readonly reads = new Throttle(READ_INTERVAL_MILLIS, () => void this.sendReads());

  constructor(
    private readonly api: Pick<NotificationsApi, 'threads' | 'readThread'>,
    private readonly me: () => string | undefined,
  ) {}

  /** Loads the newest part, not more often than once a second. */
  load(): void {
    this.loads.request();
  }

  /** Loads older ones. Throws when the server does not answer. */
  async more(): Promise<void> {
    if (this.nextCursor === undefined) return;
    const generation = this.generation;
    const page = await this.api.threads(this.nextCursor);
    if (generation !== this.generation) return;
    this.list = [...this.list, ...page.threads];
    this.nextCursor = page.nextCursor;
  }

  /** The viewer has seen the replies up to this one; shown at once, sent to the server a little later. */
  markRead(roomId: string, root: number, ordinal: number): void {
    const known = this.find(roomId, root);
    if (known !== undefined && ordinal <= known.readOrdinal) return;
    const key = `${roomId}.${root}`;
    if ((this.unsentReads.get(key)?.ordinal ?? -1) >= ordinal) return;
    this.unsentReads.set(key, { roomId, root, ordinal });
    if (known !== undefined) this.replace({ ...known, ...standing(known.replies, ordinal) });
    this.reads.request();
  }

  apply(event: LiveEvent): void {
    if (event.type === 'threads.changed') this.load();
    else if (event.type === 'message.posted') this.replied(event.message, event.root);
  }

  /** Nobody is signed in any more. */
  reset(): void {
    this.generation += 1;
    this.loads.cancel();
    this.reads.cancel();
    this.unsentReads.clear();
    this.list = [];
    this.unread = 0;
    this.nextCursor = undefined;
    this.loaded = false;
  }

  private find(roomId: string, root: number): FollowedThread | undefined {
    return this.list.find((one) => one.roomId === roomId && one.root.ordinal === root);
  }

  private replied(reply: Message, root: ThreadRoot | undefined): void {
    if (reply.threadRoot === undefined || root === undefined) return;
    const known = this.find(reply.roomId, reply.threadRoot);
    if (known === undefined || reply.ordinal < known.replies) return;
    const read = reply.author.id === this.me() ? reply.ordinal : known.readOrdinal;
    const replies = reply.ordinal + 1;
    this.replace({
      ...known,
      root: { ...known.root, thread: root.thread },
      replies,
      lastReplyAt: reply.createdAt,
      ...standing(replies, read),
    });
  }

  /** Puts a thread in its new place, and counts it. */
  private replace(changed: FollowedThread): void {
    const former = this.find(changed.roomId, changed.root.ordinal);
    if (former === undefined) return;
    this.unread += Number(changed.unread > 0) - Number(former.unread > 0);
    this.list = this.list
      .map((one) => (one === former ? changed : one))
      .toSorted((a, b) => Date.parse(b.lastReplyAt) - Date.parse(a.lastReplyAt));
  }

  private async loadNow(): Promise<void> {
    const generation = (this.generation += 1);
    try {
      const page = await this.api.threads();
      if (generation !== this.generation) return;
      this.list = page.threads;
      this.unread = page.unread;
      this.nextCursor = page.nextCursor;
      this.loaded = true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.temporary) {
        setTimeout(() => {
          if (generation === this.generation) this.load();
        }, RETRY_MILLIS);
      }
    }
  }

  private async sendReads(): Promise<void> {
    for (const [key, read] of [...this.unsentReads]) {
      try {
        await this.api.readThread(read.roomId, read.root, read.ordinal);
        if (this.unsentReads.get(key) === read) this.unsentReads.delete(key);
      } catch (error) {
        if (error instanceof ApiError && error.temporary) {
          setTimeout(() => this.reads.request(), error.retryAfterMillis ?? RETRY_MILLIS);
          return;
        }
        this.unsentReads.delete(key);
      }
    }
  }
}

function standing(replies: number, readOrdinal: number): { readOrdinal: number; unread: number } {
  return { readOrdinal, unread: Math.max(0, replies - 1 - readOrdinal) };
}
