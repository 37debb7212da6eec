import { describe, expect, it } from 'vitest';
import { array, DecodeError, number, object, optional, string } from './decode';
import { decodeMessage } from './types';

describe('decoders', () => {
  const decoder = object({ id: string, tags: array(string), size: optional(number) });

  it('keep what is known and ignore the rest', () => {
    expect(decoder({ id: 'a', tags: ['x'], size: null, more: 1 }, '')).toEqual({
      id: 'a',
      tags: ['x'],
      size: undefined,
    });
  });

  it('name the place of a fault', () => {
    expect(() => decoder({ id: 'a', tags: ['x', 2] }, '')).toThrow(new DecodeError('tags[1]', 'a string'));
    expect(() => decoder(null, '')).toThrow(DecodeError);
  });

  it('read a message with only what every message has', () => {
    const message = decodeMessage(
      {
        id: 'm',
        roomId: 'r',
        ordinal: 0,
        author: { id: 'u', login: 'ada', displayName: 'Ada' },
        createdAt: '2026-01-01T00:00:00.000Z',
      },
      '',
    );

    expect(message).toMatchObject({ body: '', reactions: [], threadRoot: undefined, deletedAt: undefined });
  });
});
