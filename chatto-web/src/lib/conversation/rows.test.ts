import { describe, expect, it } from 'vitest';
import { ada, ben, message } from './fixtures';
import { buildRows, type RowSource } from './rows';

const source: RowSource = {
  messages: [],
  unsent: [],
  hasOlder: false,
  hasNewer: false,
  unreadFrom: undefined,
  viewerId: ada.id,
};

describe('buildRows', () => {
  it('groups what one author says within minutes', () => {
    const messages = [
      message(0),
      message(1),
      message(2, { author: ben }),
      message(3),
      message(9, { ordinal: 4 }),
      message(10, { ordinal: 5, deletedAt: '2026-01-01T13:00:00.000Z' }),
      message(11, { ordinal: 6 }),
    ];

    const rows = buildRows({ ...source, messages });

    expect(rows.map((row) => ('grouped' in row ? row.grouped : row.type))).toEqual([
      ...['start', 'day', false, true, false, false],
      ...[false, false, false],
    ]);
  });

  it('separates days and marks the first unread message', () => {
    const messages = [message(0), message(1, { createdAt: '2026-02-01T12:00:00.000Z' }), message(2)];

    const rows = buildRows({ ...source, messages, hasOlder: true, unreadFrom: 1 });

    expect(rows.map((row) => row.type)).toEqual([
      ...['older', 'day', 'message', 'day', 'unread', 'message', 'day', 'message'],
    ]);
  });

  it('shows an unsent message once, under one key before and after it is posted', () => {
    const item = {
      key: 'k1',
      line: { roomId: 'r', threadRoot: undefined },
      body: 'hi',
      replyTo: undefined,
      alsoToRoom: false,
      files: [],
      createdAt: Date.parse(message(1).createdAt),
      state: { name: 'queued' } as const,
    };

    const before = buildRows({ ...source, messages: [message(0)], unsent: [item] });
    const posted = message(1, { idempotencyKey: 'k1' });
    const after = buildRows({ ...source, messages: [message(0), posted], unsent: [item] });

    expect(before.at(-1)).toMatchObject({ type: 'unsent', key: 'k-k1', grouped: true });
    expect(after.at(-1)).toMatchObject({ type: 'message', key: 'k-k1', grouped: true });
    expect(after).toHaveLength(before.length);
  });

  it('keeps unsent messages out of view while newer messages are not loaded', () => {
    const rows = buildRows({ ...source, messages: [message(0)], hasNewer: true });

    expect(rows.at(-1)?.type).toBe('newer');
  });
});
