import { decodeOutgoingFile, type OutgoingFile } from '../api/attachments';
import type { Line } from '../api/client';
import { array, boolean, number, object, optional, string, withDefault, type Decoder } from '../api/decode';

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
  readonly files: readonly OutgoingFile[];
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
  files: withDefault(array(decodeOutgoingFile), []),
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
    files: item.files,
    createdAt: item.createdAt,
    failure: item.state.name === 'refused' ? item.state.failure : undefined,
  });
}

const decodeItem: Decoder<OutboxItem> = (value, path) => {
  const { roomId, threadRoot, failure, ...rest } = decodeStored(value, path);
  const files = rest.files.filter(({ attachment }) => attachment !== undefined);
  const lost = files.length < rest.files.length;
  const refusal = lost ? filesLost(rest.body !== '' || files.length > 0) : failure;
  const state: OutboxState =
    refusal === undefined ? { name: 'queued' } : { name: 'refused', failure: refusal };
  return { ...rest, files, line: { roomId, threadRoot }, state };
};

/** The browser gives the files on the device to one visit of the page only. */
function filesLost(somethingLeft: boolean): OutboxFailure {
  const remedy = somethingLeft ? '“Try again” sends it without them.' : 'Choose them once more.';
  return { code: 'files-lost', message: `the page was closed before its files had arrived. ${remedy}` };
}

/** Whether the message waits for files of its own; others need not wait for it. */
export function awaitsFiles(item: OutboxItem): boolean {
  return item.files.some(({ attachment }) => attachment === undefined);
}

/** Reads a stored item; undefined for one that this version cannot read. */
export function parseItem(text: string): OutboxItem | undefined {
  try {
    return decodeItem(JSON.parse(text), 'item');
  } catch {
    return undefined;
  }
}
