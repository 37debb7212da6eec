import { describe, expect, it } from 'vitest';
import { DecodeError } from '../api/decode';
import { reconnectDelay } from './backoff';
import { decodeFrame } from './events';

const message = {
  id: 'm',
  roomId: 'r',
  ordinal: 3,
  author: { id: 'u', login: 'ada', displayName: 'Ada' },
  body: 'Hi',
  createdAt: '2026-01-01T00:00:00.000Z',
};

describe('decodeFrame', () => {
  it('reads an event with its cursor', () => {
    const frame = decodeFrame(JSON.stringify({ type: 'message.posted', cursor: '7', roomId: 'r', message }));

    expect(frame).toMatchObject({
      kind: 'event',
      cursor: '7',
      event: { type: 'message.posted', roomId: 'r', root: undefined, message: { ordinal: 3, body: 'Hi' } },
    });
  });

  it('reads who changed a reaction', () => {
    const text = JSON.stringify({
      ...{ type: 'message.reactions', cursor: '8', roomId: 'r', message },
      ...{ emoji: '👍', actorId: 'u', added: true },
    });

    expect(decodeFrame(text)).toMatchObject({
      event: { change: { emoji: '👍', actorId: 'u', added: true } },
    });
  });

  it('reads control frames', () => {
    const text = JSON.stringify({ type: 'ready', cursor: '1', resumed: true, heartbeatSeconds: 20 });

    expect(decodeFrame(text)).toEqual({
      kind: 'control',
      frame: { type: 'ready', cursor: '1', resumed: true, heartbeatSeconds: 20 },
    });
  });

  it('reads how people are shown, also in ways it does not know yet', () => {
    const presences = [
      { userId: 'a', state: 'doNotDisturb', userSelected: true },
      { userId: 'b', state: 'on-the-moon', userSelected: false },
    ];

    expect(decodeFrame(JSON.stringify({ type: 'presence.changed', presences }))).toMatchObject({
      event: {
        presences: [
          { userId: 'a', state: 'doNotDisturb' },
          { userId: 'b', state: 'offline' },
        ],
      },
    });
  });

  it('passes over kinds it does not know, but keeps their cursor', () => {
    expect(decodeFrame('{"type":"call.updated","cursor":"9"}')).toEqual({ kind: 'unknown', cursor: '9' });
    expect(decodeFrame('{"type":"toString"}')).toEqual({ kind: 'unknown', cursor: undefined });
  });

  it('refuses what breaks the contract', () => {
    expect(() => decodeFrame('{"type":"message.posted","roomId":"r"}')).toThrow(DecodeError);
    expect(() => decodeFrame('not JSON')).toThrow(DecodeError);
  });
});

describe('reconnectDelay', () => {
  it('doubles up to five seconds and is never more than the full step', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => reconnectDelay(attempt, () => 0))).toEqual([
      250, 500, 1000, 2000, 4000, 5000, 5000,
    ]);
    expect(reconnectDelay(0, () => 1)).toBe(125);
  });
});
