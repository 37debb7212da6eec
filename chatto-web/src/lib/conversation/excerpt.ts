import type { Message } from '../api/types';
import { filesLabel } from '../files/kinds';

const LONGEST = 140;
/** Fences with their language, the rule below a table's head, what begins a line, and what surrounds words. */
const MARKS = /^\s*(?:```\S*$|[\s|:]*-{2,}[\s|:-]*$|#{1,6}\s+|[-*+]\s+|>\s*|\d{1,9}[.)]\s+)|[*_~`|]+/gmu;

/** The beginning of what a message says, on one line and without the marks of Markdown; of one without words, what files it carries. */
export function excerpt(message: Pick<Message, 'body' | 'forwarded' | 'attachments'>): string {
  const body = message.body === '' ? (message.forwarded?.body ?? '') : message.body;
  const text = body
    .slice(0, 4 * LONGEST)
    .replaceAll(MARKS, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  if (text === '') return filesLabel(message.attachments);
  return text.length > LONGEST ? `${text.slice(0, LONGEST).trimEnd()}…` : text;
}
