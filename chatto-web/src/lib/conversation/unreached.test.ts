import { describe, expect, it } from 'vitest';
import { decodeWritten } from '../api/written';
import { message } from './fixtures';
import { tellUnreached } from './unreached';

function told(warnings: unknown): string[] {
  const texts: string[] = [];
  const written = decodeWritten({ ...message(0), warnings }, '');
  tellUnreached({ info: (text) => texts.push(text) }, written);
  return texts;
}

const unknown = (name: string) => ({ code: 'unknown-mention', detail: 'who?', name });

describe('mentions of nobody', () => {
  it('are told apart from those of people elsewhere', () => {
    expect(told([unknown('nobdy'), { code: 'mention-not-in-room', name: 'eve' }])).toEqual([
      'Nobody here is called @nobdy.',
      'Not in this room, so not notified: @eve.',
    ]);
  });

  it('are counted when there are many', () => {
    expect(told(['a', 'b', 'c', 'd', 'e'].map(unknown))).toEqual([
      'Nobody here is called @a, @b, @c, 2 more.',
    ]);
  });

  it('need no word when there are none, nor for what only a newer server knows', () => {
    expect(told(undefined)).toEqual([]);
    expect(told([{ code: 'newer' }])).toEqual([]);
  });
});
