import type { Message } from '../api/types';
import { filesHeight } from '../files/height';
import { dayKey } from '../support/time';
import type { OutboxItem } from './outbox-item';

/** One line of the timeline as it is drawn. Keys are stable while a message goes from unsent to posted. */
export type Row =
  | { type: 'start'; key: string }
  | { type: 'older'; key: string }
  | { type: 'newer'; key: string }
  | { type: 'day'; key: string; at: number }
  | { type: 'unread'; key: string }
  | { type: 'message'; key: string; message: Message; grouped: boolean }
  | { type: 'unsent'; key: string; item: OutboxItem; grouped: boolean };

export interface RowSource {
  messages: readonly Message[];
  unsent: readonly OutboxItem[];
  hasOlder: boolean;
  hasNewer: boolean;
  /** The first unread ordinal when the person came; a separator stands before it. */
  unreadFrom: number | undefined;
  viewerId: string | undefined;
}

const GROUP_MILLIS = 5 * 60_000;
const UNSENT_FILES = 96;

/** Lays out messages with day separators, the unread line, and consecutive messages of one author in groups. */
export function buildRows(source: RowSource): Row[] {
  const rows: Row[] = [source.hasOlder ? { type: 'older', key: 'older' } : { type: 'start', key: 'start' }];
  const posted = new Set<string>();
  let day: string | undefined;
  let previous: { authorId: string; at: number; groups: boolean } | undefined;

  const openDay = (at: number): void => {
    const current = dayKey(at);
    if (current === day) return;
    day = current;
    previous = undefined;
    rows.push({ type: 'day', key: `day-${current}`, at });
  };
  const groupsWith = (authorId: string, at: number): boolean =>
    previous !== undefined &&
    previous.groups &&
    previous.authorId === authorId &&
    at - previous.at < GROUP_MILLIS;

  for (const message of source.messages) {
    const at = Date.parse(message.createdAt);
    openDay(at);
    if (message.ordinal === source.unreadFrom) {
      rows.push({ type: 'unread', key: 'unread' });
      previous = undefined;
    }
    const deleted = message.deletedAt !== undefined;
    const grouped = !deleted && groupsWith(message.author.id, at);
    rows.push({ type: 'message', key: messageKey(message), message, grouped });
    if (message.idempotencyKey !== undefined) posted.add(message.idempotencyKey);
    previous = { authorId: message.author.id, at, groups: !deleted };
  }
  if (source.hasNewer) {
    rows.push({ type: 'newer', key: 'newer' });
    return rows;
  }
  for (const item of source.unsent) {
    if (posted.has(item.key)) continue;
    openDay(item.createdAt);
    const authorId = source.viewerId ?? '';
    rows.push({ type: 'unsent', key: `k-${item.key}`, item, grouped: groupsWith(authorId, item.createdAt) });
    previous = { authorId, at: item.createdAt, groups: true };
  }
  return rows;
}

export function messageKey(message: Message): string {
  return message.idempotencyKey === undefined ? `m-${message.ordinal}` : `k-${message.idempotencyKey}`;
}

/** Rows that stay where they are among the messages, so that the view may hold on to them. */
export function isAnchor(row: Row): boolean {
  return row.type === 'message' || row.type === 'unsent';
}

/** A first guess of a row's height in pixels, until it has been drawn and measured. */
export function estimateHeight(row: Row): number {
  switch (row.type) {
    case 'start':
      return 220;
    case 'older':
    case 'newer':
      return 340;
    case 'day':
      return 44;
    case 'unread':
      return 28;
    case 'message':
      return (
        estimateText(row.message.body, row.grouped) +
        filesHeight(row.message.attachments) +
        (row.message.reactions.length > 0 ? 34 : 0)
      );
    case 'unsent':
      return estimateText(row.item.body, row.grouped) + (row.item.files.length > 0 ? UNSENT_FILES : 0);
  }
}

function estimateText(body: string, grouped: boolean): number {
  let lines = 0;
  for (const line of body.split('\n', 60)) lines += 1 + Math.floor(line.length / 110);
  return (grouped ? 6 : 38) + lines * 23;
}
