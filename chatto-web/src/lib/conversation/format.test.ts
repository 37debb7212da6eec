import { describe, expect, it } from 'vitest';
import { toggled } from './actions';
import * as format from './format';

describe('formatting a selection', () => {
  it('marks and unmarks text', () => {
    const marked = format.wrap({ text: 'say hi now', start: 4, end: 6 }, '**');
    expect(marked).toEqual({ text: 'say **hi** now', start: 6, end: 8 });
    expect(format.wrap(marked, '**')).toEqual({ text: 'say hi now', start: 4, end: 6 });
  });

  it('turns several lines into a block of code', () => {
    expect(format.code({ text: 'a\nb', start: 0, end: 3 }).text).toBe('```\na\nb\n```\n');
    expect(format.code({ text: 'a b', start: 2, end: 3 }).text).toBe('a `b`');
  });

  it('selects the address of a new link', () => {
    const { text, start, end } = format.link({ text: 'see docs', start: 4, end: 8 });
    expect(text).toBe('see [docs](https://)');
    expect(text.slice(start, end)).toBe('https://');
  });

  it('prefixes whole lines and takes prefixes back', () => {
    const quoted = format.prefixLines({ text: 'a\nb\nc', start: 2, end: 5 }, '> ');
    expect(quoted.text).toBe('a\n> b\n> c');
    expect(format.prefixLines(quoted, '> ').text).toBe('a\nb\nc');
  });
});

describe('toggled', () => {
  it('adds to what others gave and removes what nobody gives any more', () => {
    const others = [{ emoji: '👍', count: 2, mine: false }];

    expect(toggled(others, '👍', true)).toEqual([{ emoji: '👍', count: 3, mine: true }]);
    expect(toggled([{ emoji: '👍', count: 1, mine: true }], '👍', false)).toEqual([]);
    expect(toggled(others, '🎉', true)).toHaveLength(2);
  });
});
