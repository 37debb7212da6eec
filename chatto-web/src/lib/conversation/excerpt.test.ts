import { describe, expect, it } from 'vitest';
import { message } from './fixtures';
import { excerpt } from './excerpt';

describe('an excerpt', () => {
  it('is one line without marks', () => {
    expect(excerpt(message(0, { body: '# Title\n\n> **bold**\n- `code`  and ~~more~~' }))).toBe(
      'Title bold code and more',
    );
  });

  it('keeps the words of lists, tables and code', () => {
    const body = '1. one\n2. two\n\n| a | b |\n|:--|--:|\n| c | d |\n```ts\nlet x\n```';
    expect(excerpt(message(0, { body }))).toBe('one two a b c d let x');
  });

  it('ends where it gets long', () => {
    expect(excerpt(message(0, { body: 'word '.repeat(200) }))).toMatch(/^word.{100,140}…$/u);
  });

  it('says what was forwarded where nothing was added', () => {
    const forwarded = {
      roomId: 'q',
      ordinal: 1,
      threadRoot: undefined,
      author: message(0).author,
      createdAt: '',
      body: 'the original',
    };
    expect(excerpt(message(0, { body: '', forwarded }))).toBe('the original');
  });
});
