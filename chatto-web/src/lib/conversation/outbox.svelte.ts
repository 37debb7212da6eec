import type { Attachment, OutgoingFile } from '../api/attachments';
import { lineKey, type ChattoApi, type Line, type PostExtras } from '../api/client';
import { ApiError, describeError } from '../api/error';
import type { WrittenMessage } from '../api/written';
import type { DeviceStorage } from '../support/storage';
import { awaitsFiles, parseItem, serializeItem, type OutboxItem, type OutboxState } from './outbox-item';

const PREFIX = 'chatto.outbox.';
const FIRST_WAIT_MILLIS = 1_000;
const LONGEST_WAIT_MILLIS = 30_000;
/** A fault inside the server is retried this often; being away or busy is retried for ever. */
const MOST_FAULTS = 8;
/** Problems after which the same key can never succeed. */
const SPENT_KEYS = new Set(['idempotency-key-expired', 'idempotency-key-reused']);

export interface OutboxDependencies {
  api: Pick<ChattoApi, 'post'>;
  storage: DeviceStorage;
  /** Makes idempotency keys by the server's clock. */
  nextKey: () => string;
  now: () => number;
  /** Takes the message as the server stored it. */
  delivered: (message: WrittenMessage) => void;
  /** These files are needed no more: their message is in its room, or was given up. */
  released: (files: readonly string[], posted: boolean) => void;
  random?: () => number;
}

/**
 * Messages on their way. Each is on the device before it is sent and leaves it only when the server has confirmed it or
 * the person discards it; every attempt carries the same key, so that an attempt whose answer was lost is not repeated
 * in the room. Messages of one line go out one after the other, in the order in which they were written.
 */
export class Outbox {
  items: readonly OutboxItem[] = $state.raw([]);

  private userId: string | undefined;
  private readonly busy = new Set<string>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly attempts = new Map<string, number>();
  private readonly faults = new Map<string, number>();

  constructor(private readonly dependencies: OutboxDependencies) {}

  /** Takes up the unsent messages of this person on this device. */
  open(userId: string): void {
    if (this.userId === userId) {
      this.kick();
      return;
    }
    this.close();
    this.userId = userId;
    this.items = this.dependencies.storage
      .keys(this.storageKey(''))
      .map((key) => parseItem(this.dependencies.storage.get(key) ?? ''))
      .filter((item) => item !== undefined)
      .sort((a, b) => a.createdAt - b.createdAt || (a.key < b.key ? -1 : 1));
    this.kick();
  }

  /** Forgets everything in memory; the device keeps what is unsent. */
  close(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.attempts.clear();
    this.faults.clear();
    this.items = [];
    this.userId = undefined;
  }

  of(line: Line): readonly OutboxItem[] {
    const key = lineKey(line);
    return this.items.filter((item) => lineKey(item.line) === key);
  }

  /** Sends a message as soon as its files have arrived; messages without files that are under way go before it. */
  send(
    line: Line,
    body: string,
    extras: Pick<PostExtras, 'replyTo' | 'alsoToRoom'> = {},
    files: readonly OutgoingFile[] = [],
  ): void {
    const { nextKey, now } = this.dependencies;
    const item: OutboxItem = {
      key: nextKey(),
      line,
      body,
      replyTo: extras.replyTo,
      alsoToRoom: extras.alsoToRoom === true,
      files,
      createdAt: now(),
      state: { name: 'queued' },
    };
    this.store(item);
    this.items = [...this.items, item];
    void this.pump(lineKey(line));
  }

  /** Sends a refused message again, or a waiting one at once. */
  retry(key: string): void {
    const item = this.find(key);
    if (item === undefined) return;
    const spent = item.state.name === 'refused' && SPENT_KEYS.has(item.state.failure.code);
    const fresh: OutboxItem = {
      ...item,
      key: spent ? this.dependencies.nextKey() : item.key,
      state: { name: 'queued' },
    };
    if (spent) this.dependencies.storage.remove(this.storageKey(item.key));
    this.store(fresh);
    this.items = this.items.map((other) => (other === item ? fresh : other));
    this.wake(lineKey(item.line));
  }

  discard(key: string): void {
    this.remove(key, false);
  }

  /** A file of a message has arrived; undefined when it was taken out of it. */
  fileEnded(key: string, attachment: Attachment | undefined): void {
    const item = this.items.find(({ files }) => files.some((file) => file.key === key));
    if (item === undefined) return;
    const files = item.files
      .map((file) => (file.key === key ? { ...file, attachment } : file))
      .filter((file) => file.key !== key || attachment !== undefined);
    if (files.length === 0 && item.body === '') {
      this.remove(item.key, false);
      return;
    }
    const changed = { ...item, files };
    this.store(changed);
    this.items = this.items.map((other) => (other === item ? changed : other));
    void this.pump(lineKey(item.line));
  }

  /** The message with this key is in the room: whoever brought the news, it needs no sending any more. */
  settle(key: string | undefined): void {
    if (key !== undefined) this.remove(key, true);
  }

  /** Sends everything that waits: the connection is back. What the server asked to hold back stays held. */
  kick(): void {
    for (const key of new Set(this.items.map((item) => lineKey(item.line)))) {
      const waiting = this.head(key);
      if (waiting?.state.name === 'waiting' && waiting.state.reason === 'rate-limited') continue;
      this.wake(key);
    }
  }

  private wake(line: string): void {
    clearTimeout(this.timers.get(line));
    this.timers.delete(line);
    void this.pump(line);
  }

  private async pump(line: string): Promise<void> {
    if (this.busy.has(line) || this.timers.has(line)) return;
    this.busy.add(line);
    try {
      for (let item = this.head(line); item !== undefined; item = this.head(line)) {
        if (!(await this.attempt(line, item))) break;
      }
    } finally {
      this.busy.delete(line);
    }
  }

  /** One attempt; returns whether the line may go on with its next message. */
  private async attempt(line: string, item: OutboxItem): Promise<boolean> {
    const userId = this.userId;
    this.setState(item.key, { name: 'sending' });
    try {
      const { line: to, body, key } = item;
      const message = await this.dependencies.api.post(to, body, key, extrasOf(item));
      if (userId !== this.userId) return false;
      this.attempts.delete(line);
      this.dependencies.delivered({ ...message, idempotencyKey: item.key });
      this.remove(item.key, true);
      return true;
    } catch (error) {
      if (userId !== this.userId) return false;
      return this.failed(line, item, error);
    }
  }

  private failed(line: string, item: OutboxItem, error: unknown): boolean {
    if (!(error instanceof ApiError)) {
      this.setState(item.key, {
        name: 'refused',
        failure: { code: 'client', message: describeError(error) },
      });
      return true;
    }
    if (error.status === 401) {
      // Signing in again opens the outbox again; until then nothing can be sent.
      this.setState(item.key, { name: 'queued' });
      return false;
    }
    if (!error.temporary || this.isPoison(item, error)) {
      this.setState(item.key, { name: 'refused', failure: { code: error.code, message: error.message } });
      return true;
    }
    this.wait(line, item, error);
    return false;
  }

  private isPoison(item: OutboxItem, error: ApiError): boolean {
    if (error.kind === 'network' || error.status === 503 || error.status === 429) return false;
    const faults = (this.faults.get(item.key) ?? 0) + 1;
    this.faults.set(item.key, faults);
    return faults >= MOST_FAULTS;
  }

  private wait(line: string, item: OutboxItem, error: ApiError): void {
    const attempt = this.attempts.get(line) ?? 0;
    this.attempts.set(line, attempt + 1);
    const random = this.dependencies.random ?? Math.random;
    const backOff = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS * 2 ** Math.min(attempt, 10));
    const wait = error.retryAfterMillis ?? Math.round(backOff * (1 - random() / 4));
    this.setState(item.key, { name: 'waiting', retryAt: Date.now() + wait, reason: error.code });
    this.timers.set(
      line,
      setTimeout(() => this.wake(line), wait),
    );
  }

  private head(line: string): OutboxItem | undefined {
    return this.items.find(
      (item) => lineKey(item.line) === line && item.state.name !== 'refused' && !awaitsFiles(item),
    );
  }

  private find(key: string): OutboxItem | undefined {
    return this.items.find((item) => item.key === key);
  }

  private setState(key: string, state: OutboxState): void {
    const item = this.find(key);
    if (item === undefined) return;
    const changed = { ...item, state };
    if (state.name === 'refused') this.store(changed);
    this.items = this.items.map((other) => (other === item ? changed : other));
  }

  private remove(key: string, posted: boolean): void {
    this.faults.delete(key);
    this.dependencies.storage.remove(this.storageKey(key));
    const item = this.find(key);
    if (item === undefined) return;
    this.items = this.items.filter((other) => other !== item);
    const files = item.files.map((file) => file.key);
    if (files.length > 0) this.dependencies.released(files, posted);
  }

  private store(item: OutboxItem): void {
    this.dependencies.storage.set(this.storageKey(item.key), serializeItem(item));
  }

  private storageKey(key: string): string {
    return `${PREFIX}${this.userId ?? ''}.${key}`;
  }
}

function extrasOf({ replyTo, alsoToRoom, files }: OutboxItem): PostExtras {
  const attachments = files.flatMap(({ attachment }) => (attachment === undefined ? [] : [attachment.id]));
  return {
    replyTo,
    ...(alsoToRoom ? { alsoToRoom } : {}),
    ...(attachments.length === 0 ? {} : { attachments }),
  };
}
