import type { Line } from '../api/client';
import { number, object, optional, string, type Decoder } from '../api/decode';

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
  createdAt: number,
  failure: optional(object({ code: string, message: string })),
});

export function serializeItem(item: OutboxItem): string {
  return JSON.stringify({
    key: item.key,
    roomId: item.line.roomId,
    threadRoot: item.line.threadRoot,
    body: item.body,
    createdAt: item.createdAt,
    failure: item.state.name === 'refused' ? item.state.failure : undefined,
  });
}

const decodeItem: Decoder<OutboxItem> = (value, path) => {
  const { key, roomId, threadRoot, body, createdAt, failure } = decodeStored(value, path);
  const state: OutboxState = failure === undefined ? { name: 'queued' } : { name: 'refused', failure };
  return { key, line: { roomId, threadRoot }, body, createdAt, state };
};

/** Reads a stored item; undefined for one that this version cannot read. */
export function parseItem(text: string): OutboxItem | undefined {
  try {
    return decodeItem(JSON.parse(text), 'item');
  } catch {
    return undefined;
  }
}
