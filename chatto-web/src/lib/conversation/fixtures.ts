import type { Message, MessagePage } from '../api/types';
import type { DeviceStorage } from '../support/storage';

export const ada = { id: 'u-ada', login: 'ada', displayName: 'Ada', avatarUrl: undefined };
export const ben = { id: 'u-ben', login: 'ben', displayName: 'Ben', avatarUrl: undefined };

/** A message for tests; messages are a minute apart. */
export function message(ordinal: number, change: Partial<Message> = {}): Message {
  return {
    id: `m${ordinal}`,
    roomId: 'r',
    ordinal,
    threadRoot: undefined,
    author: ada,
    body: `text ${ordinal}`,
    createdAt: new Date(Date.UTC(2026, 0, 1, 12) + ordinal * 60_000).toISOString(),
    editedAt: undefined,
    deletedAt: undefined,
    replyTo: undefined,
    reactions: [],
    thread: undefined,
    mentions: undefined,
    pinned: undefined,
    echoOf: undefined,
    echoedAt: undefined,
    forwarded: undefined,
    attachments: [],
    idempotencyKey: undefined,
    ...change,
  };
}

/** The messages from one ordinal up to, not including, another, of a line with the given head. */
export function page(from: number, to: number, head: number): MessagePage {
  const messages = Array.from({ length: to - from }, (_, index) => message(from + index));
  return { messages, head, hasOlder: from > 0, hasNewer: to <= head, anchor: undefined };
}

export class MemoryStorage implements DeviceStorage {
  readonly values = new Map<string, string>();

  get(key: string): string | undefined {
    return this.values.get(key);
  }

  set(key: string, value: string): void {
    this.values.set(key, value);
  }

  remove(key: string): void {
    this.values.delete(key);
  }

  keys(prefix: string): string[] {
    return [...this.values.keys()].filter((key) => key.startsWith(prefix)).sort();
  }
}
