import type { Message, MessagePage } from '../api/types';
import type { ReactionChange } from '../realtime/events';

/**
 * A gapless stretch of one line's messages, ascending, never longer than {@link MOST_MESSAGES}: what is added at one end
 * pushes messages out at the other, from where they are loaded again when somebody scrolls there.
 */
export interface MessageWindow {
  readonly messages: readonly Message[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

export const MOST_MESSAGES = 2_000;

export const EMPTY_WINDOW: MessageWindow = { messages: [], hasOlder: false, hasNewer: false };

export function fromPage(page: MessagePage): MessageWindow {
  return { messages: page.messages, hasOlder: page.hasOlder, hasNewer: page.hasNewer };
}

export function firstOrdinal(window: MessageWindow): number | undefined {
  return window.messages[0]?.ordinal;
}

export function lastOrdinal(window: MessageWindow): number | undefined {
  return window.messages[window.messages.length - 1]?.ordinal;
}

/** Adds an older page; a page that does not touch the window is ignored (the window has moved since it was asked for). */
export function prepend(window: MessageWindow, page: MessagePage, most = MOST_MESSAGES): MessageWindow {
  const first = firstOrdinal(window);
  if (first === undefined) return fromPage(page);
  const older = page.messages.filter((message) => message.ordinal < first);
  const newest = older[older.length - 1];
  if (newest === undefined) return { ...window, hasOlder: page.hasOlder && first > 0 };
  if (newest.ordinal !== first - 1) return window;
  const all = [...older, ...window.messages];
  const dropped = all.length > most;
  return {
    messages: dropped ? all.slice(0, most) : all,
    hasOlder: page.hasOlder,
    hasNewer: window.hasNewer || dropped,
  };
}

/** Adds a newer page; a page that does not touch the window is ignored. */
export function append(window: MessageWindow, page: MessagePage, most = MOST_MESSAGES): MessageWindow {
  const last = lastOrdinal(window);
  if (last === undefined) return fromPage(page);
  const newer = page.messages.filter((message) => message.ordinal > last);
  const oldest = newer[0];
  if (oldest === undefined) return { ...window, hasNewer: page.hasNewer };
  if (oldest.ordinal !== last + 1) return window;
  const all = [...window.messages, ...newer];
  const dropped = all.length > most;
  return {
    messages: dropped ? all.slice(all.length - most) : all,
    hasOlder: window.hasOlder || dropped,
    hasNewer: page.hasNewer,
  };
}

/** Adds the next message of a window that reaches the newest one; undefined when it is not the next. */
export function post(
  window: MessageWindow,
  message: Message,
  most = MOST_MESSAGES,
): MessageWindow | undefined {
  const last = lastOrdinal(window);
  const next = last === undefined ? 0 : last + 1;
  if (window.hasNewer || message.ordinal !== next) return undefined;
  const messages = [...window.messages, message];
  // Trimmed in steps, so that a busy room does not copy and drop at each message.
  const dropped = messages.length > most + 100;
  return {
    messages: dropped ? messages.slice(messages.length - most) : messages,
    hasOlder: window.hasOlder || dropped,
    hasNewer: false,
  };
}

/** The position of an ordinal in the window, or -1. */
export function indexOf(window: MessageWindow, ordinal: number): number {
  const first = firstOrdinal(window);
  const index = first === undefined ? -1 : ordinal - first;
  return index >= 0 && index < window.messages.length ? index : -1;
}

/** Puts a newer state of a message in its place; a message outside the window changes nothing. */
export function replace(window: MessageWindow, message: Message): MessageWindow {
  const index = indexOf(window, message.ordinal);
  if (index < 0) return window;
  const messages = [...window.messages];
  messages[index] = message;
  return { ...window, messages };
}

/**
 * Combines a message that was broadcast to everybody with what this viewer knows of it: broadcasts cannot say which
 * reactions are the viewer's, and need not repeat the key it was posted with.
 */
export function mergeBroadcast(
  known: Message | undefined,
  message: Message,
  viewerId: string | undefined,
  change?: ReactionChange,
): Message {
  const mine = new Set(
    known?.reactions.filter((reaction) => reaction.mine).map((reaction) => reaction.emoji),
  );
  if (change !== undefined && change.actorId === viewerId) {
    if (change.added) mine.add(change.emoji);
    else mine.delete(change.emoji);
  }
  return {
    ...message,
    idempotencyKey: message.idempotencyKey ?? known?.idempotencyKey,
    thread: mergeThread(known?.thread, message.thread),
    reactions: message.reactions.map((reaction) => ({ ...reaction, mine: mine.has(reaction.emoji) })),
  };
}

/** Combines a thread's summary from a broadcast with what is known of it: a broadcast cannot say who follows. */
export function mergeThread(known: Message['thread'], thread: Message['thread']): Message['thread'] {
  if (thread === undefined) return known;
  return { ...thread, following: thread.following ?? known?.following };
}

/** An entry of the main line after the thread reply that it shows has changed. */
export function mergeReply(entry: Message, reply: Message): Message {
  const { body, editedAt, deletedAt, mentions, pinned, forwarded, attachments, reactions } = reply;
  return { ...entry, body, editedAt, deletedAt, mentions, pinned, forwarded, attachments, reactions };
}
