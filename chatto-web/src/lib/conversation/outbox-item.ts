import type { Line } from '../api/client';
import { boolean, number, object, optional, string, withDefault, type Decoder } from '../api/decode';

export interface OutboxFailure {
  code: string;
  message: string;
}

/** A message that this person wrote and the server has not confirmed yet. */
export interface OutboxItem {
  /** The idempotency key, the same for every attempt. */
  readonly key: string;
  readonly line: Line;
  readonly body: string;
  /** The ordinal, in the same line, of the message that this one answers. */
  readonly replyTo: number | undefined;
  /** Whether the main line shows a thread reply, too. */
  readonly alsoToRoom: boolean;
  readonly createdAt: number;
  readonly state: OutboxState;
}

export type OutboxState =
  | { name: 'queued' }
  | { name: 'sending' }
  /** An attempt did not get through; the next one is made at `retryAt`. */
  | { name: 'waiting'; retryAt: number; reason: string }
  /** The server refused the message; only the person can decide what happens to it. */
  | { name: 'refused'; failure: OutboxFailure };

const decodeStored = object({
  key: string,
  roomId: string,
  threadRoot: optional(number),
  body: string,
  replyTo: optional(number),
  alsoToRoom: withDefault(boolean, false),
  createdAt: number,
  failure: optional(object({ code: string, message: string })),
});

export function serializeItem(item: OutboxItem): string {
  return JSON.stringify({
    key: item.key,
    roomId: item.line.roomId,
    threadRoot: item.line.threadRoot,
    body: item.body,
    replyTo: item.replyTo,
    alsoToRoom: item.alsoToRoom,
    createdAt: item.createdAt,
    failure: item.state.name === 'refused' ? item.state.failure : undefined,
  });
}

const decodeItem: Decoder<OutboxItem> = (value, path) => {
  const { roomId, threadRoot, failure, ...rest } = decodeStored(value, path);
  const state: OutboxState = failure === undefined ? { name: 'queued' } : { name: 'refused', failure };
  return { ...rest, line: { roomId, threadRoot }, state };
};

/** Reads a stored item; undefined for one that this version cannot read. */
export function parseItem(text: string): OutboxItem | undefined {
  try {
    return decodeItem(JSON.parse(text), 'item');
  } catch {
    return undefined;
  }
}
