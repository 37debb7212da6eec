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

describe('replace', () => {
  it('puts the words where the selection was and the cursor behind them', () => {
    expect(format.replace({ text: 'well done', start: 4, end: 9 }, '🎉')).toEqual({
      text: 'well🎉',
      start: 6,
      end: 6,
    });
  });
});

describe('writing on', () => {
  const after = (text: string): string => format.newLine({ text, start: text.length, end: text.length }).text;

  it('continues lists and quotes', () => {
    expect(after('- a')).toBe('- a\n- ');
    expect(after('  9. a')).toBe('  9. a\n  10. ');
    expect(after('> a')).toBe('> a\n> ');
    expect(after('plain')).toBe('plain\n');
  });

  it('ends them with an empty line', () => {
    expect(after('- a\n- ')).toBe('- a\n');
    expect(after('1. ')).toBe('');
  });

  it('knows whether it is inside code', () => {
    expect(format.isInCode('```js\nlet a', 11)).toBe(true);
    expect(format.isInCode('```\na\n```\n', 10)).toBe(false);
    expect(format.isInCode('a', 1)).toBe(false);
  });

  it('numbers lines and takes the numbers back', () => {
    const numbered = format.numberLines({ text: 'a\nb', start: 0, end: 3 });
    expect(numbered.text).toBe('1. a\n2. b');
    expect(format.numberLines(numbered).text).toBe('a\nb');
  });

  it('links what is selected to a pasted address', () => {
    const selection = { text: 'see docs', start: 4, end: 8 };
    expect(format.linkTo(selection, 'https://a.example/')?.text).toBe('see [docs](https://a.example/)');
    expect(format.linkTo(selection, 'javascript:alert(1)')).toBeUndefined();
    expect(format.linkTo({ ...selection, start: 8 }, 'https://a.example/')).toBeUndefined();
  });

  it('changes no more of the text than differs', () => {
    expect(format.difference('say hi now', 'say **hi** now')).toEqual({ from: 4, to: 6, inserted: '**hi**' });
    expect(format.difference('aa', 'aaa')).toEqual({ from: 2, to: 2, inserted: 'a' });
    expect(format.difference('abc', 'ac')).toEqual({ from: 1, to: 2, inserted: '' });
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
