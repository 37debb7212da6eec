import { describe, expect, it } from 'vitest';
import { hasPart, partsOf, togglePart, withOperator } from './operators';

describe('the parts of a query', () => {
  it('keep together what stands in quotation marks', () => {
    expect(partsOf('  one "two three" in:"my room" is:pinned "open end')).toEqual([
      'one',
      '"two three"',
      'in:"my room"',
      'is:pinned',
      '"open end',
    ]);
  });

  it('are switched on and off', () => {
    expect(togglePart('tea', 'has:link')).toBe('tea has:link');
    expect(togglePart('tea Has:Link "a b"', 'has:link')).toBe('tea "a b"');
    expect(hasPart('"has:link"', 'has:link')).toBe(false);
  });

  it('are begun for something to be written behind them', () => {
    expect(withOperator('tea ', { text: 'from:', label: '' })).toBe('tea from:');
    expect(withOperator('', { text: 'is:pinned', label: '' })).toBe('is:pinned ');
  });
});
