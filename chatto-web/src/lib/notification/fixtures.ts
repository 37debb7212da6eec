import type { FollowedThread, Notification } from '../api/notifications';
import type { Author, Message } from '../api/types';

const BEN: Author = { id: 'ben', login: 'ben', displayName: 'Ben', avatarUrl: undefined, status: undefined };

export function notification(number: number, more: Partial<Notification> = {}): Notification {
  return {
    id: `N${number}`,
    cause: 'mention',
    mode: 'alert',
    createdAt: new Date(number * 1000).toISOString(),
    roomId: 'R1',
    ordinal: number,
    threadRoot: undefined,
    actor: BEN,
    excerpt: `text ${number}`,
    emoji: undefined,
    read: false,
    ...more,
  };
}

export function message(ordinal: number, more: Partial<Message> = {}): Message {
  return {
    id: `M${ordinal}`,
    roomId: 'R1',
    ordinal,
    threadRoot: undefined,
    author: BEN,
    body: 'hello',
    createdAt: new Date(ordinal * 1000).toISOString(),
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
    ...more,
  };
}

/** A thread with two replies, none of which was read. */
export function followed(root: number, more: Partial<FollowedThread> = {}): FollowedThread {
  return {
    roomId: 'R1',
    root: message(root),
    replies: 2,
    lastReplyAt: new Date(root * 1000).toISOString(),
    readOrdinal: -1,
    unread: 2,
    ...more,
  };
}
