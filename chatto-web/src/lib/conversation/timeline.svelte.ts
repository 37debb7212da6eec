import { lineKey, type ChattoApi, type Line, type PagePosition } from '../api/client';
import { ApiError } from '../api/error';
import type { Message, MessagePage } from '../api/types';
import type { LiveEvent } from '../realtime/events';
import * as window from './window';

export type TimelineStatus = { name: 'loading' } | { name: 'ready' } | { name: 'failed'; error: ApiError };

/** Where the view shall stand next; each request is a new object. */
export type Landing = { to: 'present' } | { to: 'message'; ordinal: number; reason: 'unread' | 'link' };

const FIRST_PAGE = 60;
const NEXT_PAGE = 100;
const MOST_AHEAD = 200;
const GAP_MILLIS = 400;
const RETRY_MILLIS = 3_000;

/** One line as it is shown: a moving window of messages that live events and loaded pages keep true. */
export class Timeline {
  status: TimelineStatus = $state.raw({ name: 'loading' });
  window: window.MessageWindow = $state.raw(window.EMPTY_WINDOW);
  /** Messages that arrived before one of their predecessors; shown after the window while the gap is being filled. */
  ahead: readonly Message[] = $state.raw([]);
  landing: Landing = $state.raw({ to: 'present' });
  loadingOlder = $state(false);
  loadingNewer = $state(false);
  /** Counts the pauses after failed loads that have passed; whoever shows the edge asks again when it changes. */
  retries = $state(0);
  /** The ordinal that the view last showed as its lowest; a reload keeps to its neighbourhood. */
  lastSeen = -1;

  /** What the page that was loaded last was asked to show. */
  private anchor: number | undefined;
  private generation = 0;
  private gapTimer: ReturnType<typeof setTimeout> | undefined;
  private pausedUntil = 0;
  /** Changes that arrived while a page was under way; they may be newer than the page. */
  private readonly changes = new Map<number, Message>();
  private loads = 0;

  constructor(
    readonly line: Line,
    private readonly api: ChattoApi,
    private readonly viewer: () => string | undefined,
  ) {}

  get key(): string {
    return lineKey(this.line);
  }

  /** True when nothing newer exists beyond what is loaded. */
  get atHead(): boolean {
    return this.status.name === 'ready' && !this.window.hasNewer;
  }

  /** Shows the newest messages, or the first unread one when there are unread messages. */
  async open(readOrdinal: number, head: number): Promise<void> {
    const unread = readOrdinal >= 0 && head > readOrdinal;
    if (unread) await this.show(readOrdinal + 1, 'unread');
    else await this.present();
  }

  async present(): Promise<void> {
    if (!this.atHead) await this.start('newest');
    this.landing = { to: 'present' };
  }

  async show(ordinal: number, reason: 'unread' | 'link'): Promise<void> {
    if (this.status.name !== 'ready' || window.indexOf(this.window, ordinal) < 0)
      await this.start({ around: ordinal });
    this.landing = { to: 'message', ordinal, reason };
  }

  /** Shows the first message of a time or later; the newest ones when there is none. */
  async showDate(time: Date): Promise<void> {
    await this.start({ at: time.toISOString() });
    this.landing =
      this.anchor === undefined ? { to: 'present' } : { to: 'message', ordinal: this.anchor, reason: 'link' };
  }

  /** Loads again what is shown, after a gap in the live feed. */
  async reload(): Promise<void> {
    if (this.status.name === 'loading') return;
    const toHead = this.atHead || this.status.name === 'failed' || this.lastSeen < 0;
    await this.start(toHead ? 'newest' : { around: this.lastSeen }, true);
  }

  async loadOlder(): Promise<void> {
    const first = window.firstOrdinal(this.window);
    if (this.loadingOlder || first === undefined || !this.window.hasOlder || this.paused) return;
    this.loadingOlder = true;
    try {
      await this.extend({ before: first }, window.prepend);
    } finally {
      this.loadingOlder = false;
    }
  }

  async loadNewer(): Promise<void> {
    const last = window.lastOrdinal(this.window);
    if (this.loadingNewer || last === undefined || !this.window.hasNewer || this.paused) return;
    this.loadingNewer = true;
    try {
      await this.extend({ after: last }, window.append);
    } finally {
      this.loadingNewer = false;
    }
  }

  /** The message by its ordinal, if it is loaded. */
  find(ordinal: number): Message | undefined {
    const index = window.indexOf(this.window, ordinal);
    return index >= 0
      ? this.window.messages[index]
      : this.ahead.find((message) => message.ordinal === ordinal);
  }

  /** The newest message of this author that can still be changed, if it is loaded. */
  lastOf(authorId: string): Message | undefined {
    return [...this.ahead, ...this.window.messages].findLast(
      (message) => message.author.id === authorId && message.deletedAt === undefined,
    );
  }

  /** Takes in the answer to the viewer's own call, which knows more than a broadcast. */
  accept(message: Message): void {
    const known = this.find(message.ordinal);
    const merged = { ...message, idempotencyKey: message.idempotencyKey ?? known?.idempotencyKey };
    this.put(merged, known);
  }

  apply(event: LiveEvent): void {
    switch (event.type) {
      case 'message.posted':
        if (event.root !== undefined) this.updateRoot(event.roomId, event.root.ordinal, event.root.thread);
        this.joinedThread(event.message);
        this.broadcast(event.message);
        return;
      case 'message.edited':
      case 'message.deleted':
      case 'message.pinned':
        this.broadcast(event.message);
        return;
      case 'thread.followed':
        this.follow(event.roomId, event.threadRoot, event.following);
        return;
      case 'message.reactions':
        this.broadcast(event.message, event.change);
        return;
      case 'room.updated':
      case 'room.joined':
      case 'room.left':
      case 'groups.changed':
      case 'read.updated':
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

  private get paused(): boolean {
    return Date.now() < this.pausedUntil;
  }

  private updateRoot(roomId: string, ordinal: number, thread: Message['thread']): void {
    if (this.line.threadRoot !== undefined || roomId !== this.line.roomId) return;
    const root = this.find(ordinal);
    if (root !== undefined) this.put({ ...root, thread: window.mergeThread(root.thread, thread) }, root);
  }

  /** Who writes in a thread follows it from then on. */
  private joinedThread(message: Message): void {
    if (message.threadRoot !== undefined && message.author.id === this.viewer())
      this.follow(message.roomId, message.threadRoot, true);
  }

  private follow(roomId: string, ordinal: number, following: boolean): void {
    if (this.line.threadRoot !== undefined || roomId !== this.line.roomId) return;
    const root = this.find(ordinal);
    if (root?.thread !== undefined) this.put({ ...root, thread: { ...root.thread, following } }, root);
  }

  private broadcast(message: Message, change?: Parameters<typeof window.mergeBroadcast>[3]): void {
    if (message.roomId !== this.line.roomId) return;
    if (message.threadRoot === this.line.threadRoot) {
      const known = this.find(message.ordinal);
      this.put(window.mergeBroadcast(known, message, this.viewer(), change), known);
    } else if (this.line.threadRoot === undefined && message.echoedAt !== undefined) {
      const entry = this.find(message.echoedAt);
      if (entry === undefined) return;
      const reply = window.mergeBroadcast(entry, message, this.viewer(), change);
      this.put(window.mergeReply(entry, reply), entry);
    }
  }

  private put(message: Message, known: Message | undefined): void {
    if (this.loads > 0) this.changes.set(message.ordinal, message);
    if (known !== undefined) {
      this.window = window.replace(this.window, message);
      if (this.ahead.includes(known))
        this.ahead = this.ahead.map((other) => (other === known ? message : other));
      return;
    }
    if (this.status.name !== 'ready' || this.window.hasNewer) return;
    const next = window.post(this.window, message);
    if (next !== undefined) {
      this.window = next;
      this.drainAhead();
    } else if (message.ordinal > (window.lastOrdinal(this.window) ?? -1)) {
      this.ahead = [...this.ahead, message].sort((a, b) => a.ordinal - b.ordinal).slice(-MOST_AHEAD);
      this.gapTimer ??= setTimeout(() => void this.fillGap(), GAP_MILLIS);
    }
  }

  private drainAhead(): void {
    while (this.ahead.length > 0) {
      const [first, ...rest] = this.ahead;
      if (first === undefined) return;
      const last = window.lastOrdinal(this.window) ?? -1;
      if (first.ordinal > last) {
        const next = window.post(this.window, first);
        if (next === undefined) return;
        this.window = next;
      }
      this.ahead = rest;
    }
    clearTimeout(this.gapTimer);
    this.gapTimer = undefined;
  }

  private async fillGap(): Promise<void> {
    this.gapTimer = undefined;
    const last = window.lastOrdinal(this.window);
    if (this.ahead.length === 0) return;
    await this.extend(last === undefined ? 'newest' : { after: last }, window.append);
    if (this.ahead.length > 0) this.gapTimer = setTimeout(() => void this.fillGap(), RETRY_MILLIS);
  }

  /** Replaces the window. With `keep`, the old one stays in view until the new one is there. */
  private async start(position: PagePosition, keep = false): Promise<void> {
    this.generation += 1;
    if (!keep) {
      this.status = { name: 'loading' };
      this.window = window.EMPTY_WINDOW;
      this.ahead = [];
    }
    const generation = this.generation;
    try {
      const page = await this.fetch(position, FIRST_PAGE);
      if (generation !== this.generation) return;
      const ahead = keep ? this.ahead : [];
      this.ahead = ahead.filter((message) => message.ordinal > page.head);
      this.window = window.fromPage(page);
      this.anchor = page.anchor;
      this.status = { name: 'ready' };
      this.catchUp();
    } catch (error) {
      if (generation !== this.generation) return;
      if (!keep || (error instanceof ApiError && !error.temporary))
        this.status = { name: 'failed', error: asApiError(error) };
    }
  }

  /** Messages that were posted while the first page was under way follow it. */
  private catchUp(): void {
    const last = window.lastOrdinal(this.window) ?? -1;
    const later = [...this.changes.values()].filter((message) => message.ordinal > last);
    for (const message of later.sort((a, b) => a.ordinal - b.ordinal)) this.put(message, undefined);
    if (this.loads === 0) this.changes.clear();
  }

  private async extend(
    position: PagePosition,
    merge: (window: window.MessageWindow, page: MessagePage) => window.MessageWindow,
  ): Promise<void> {
    const generation = this.generation;
    try {
      const page = await this.fetch(position, NEXT_PAGE);
      if (generation !== this.generation) return;
      this.window = merge(this.window, page);
      this.drainAhead();
      this.catchUp();
    } catch (error) {
      // The rows that stand for what is missing stay in view and ask again after a pause.
      const pause = asApiError(error).retryAfterMillis ?? RETRY_MILLIS;
      this.pausedUntil = Date.now() + pause;
      setTimeout(() => (this.retries += 1), pause + 10);
    }
  }

  private async fetch(position: PagePosition, limit: number): Promise<MessagePage> {
    this.loads += 1;
    try {
      const page = await this.api.page(this.line, position, limit);
      return { ...page, messages: page.messages.map((message) => this.freshest(message)) };
    } finally {
      this.loads -= 1;
    }
  }

  private freshest(message: Message): Message {
    const known = this.find(message.ordinal);
    return this.changes.get(message.ordinal) ?? { ...message, idempotencyKey: known?.idempotencyKey };
  }
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError('protocol', error instanceof Error ? error.message : 'Unknown error');
}
