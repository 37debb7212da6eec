import { describe, expect, it } from 'vitest';
import { complete, tokenAt, type CompletionSource } from './completion';

const people: CompletionSource = {
  trigger: '@',
  label: 'People',
  minimum: 0,
  query: /[\w.-]/u,
  find: () => Promise.resolve([]),
};
const emoji: CompletionSource = { ...people, trigger: ':', label: 'Emoji', minimum: 2, query: /[\w+-]/u };
const sources = [people, emoji];

function queryAt(text: string): string | undefined {
  return tokenAt(text, text.length, sources)?.query;
}

describe('what is being typed', () => {
  it('begins at a trigger and ends at the cursor', () => {
    expect(queryAt('hello @an')).toBe('an');
    expect(queryAt('@')).toBe('');
    expect(queryAt('(:smi')).toBe('smi');
    expect(tokenAt('@ann and', 3, sources)).toMatchObject({ start: 0, end: 3, query: 'an' });
  });

  it('is nothing inside words, addresses and times', () => {
    expect(queryAt('ann@example')).toBeUndefined();
    expect(queryAt('at 10:30')).toBeUndefined();
    expect(queryAt('https://example')).toBeUndefined();
    expect(queryAt('std::vector')).toBeUndefined();
  });

  it('is nothing after a space, before enough is typed, or with other characters', () => {
    expect(queryAt('@ann ')).toBeUndefined();
    expect(queryAt(':s')).toBeUndefined();
    expect(queryAt(':-)')).toBeUndefined();
    expect(queryAt('plain')).toBeUndefined();
  });
});

describe('completing', () => {
  const suggestion = { key: 'ann', lead: { kind: 'sign', sign: '@' }, label: 'Ann', insert: '@ann' } as const;

  function completed(text: string, cursor: number) {
    const token = tokenAt(text, cursor, sources);
    return token === undefined ? undefined : complete(text, token, suggestion);
  }

  it('replaces what was typed and goes on behind it', () => {
    expect(completed('hi @a', 5)).toEqual({ text: 'hi @ann ', start: 8, end: 8 });
  });

  it('puts no second space before the one that is there', () => {
    expect(completed('hi @a and all', 5)).toEqual({ text: 'hi @ann and all', start: 8, end: 8 });
  });
});
