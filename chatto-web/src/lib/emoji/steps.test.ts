import { describe, expect, it } from 'vitest';
import { step } from './steps';

// Three in the first row, two in the second, one in a section below.
const spots = [
  { left: 0, top: 0 },
  { left: 40, top: 0 },
  { left: 80, top: 0 },
  { left: 0, top: 40 },
  { left: 40, top: 40 },
  { left: 0, top: 120 },
];

describe('the arrow keys', () => {
  it('lead along the rows', () => {
    expect(step(spots, 1, 'ArrowRight')).toBe(2);
    expect(step(spots, 2, 'ArrowRight')).toBe(3);
    expect(step(spots, 0, 'ArrowLeft')).toBe(0);
    expect(step(spots, 5, 'ArrowRight')).toBe(5);
  });

  it('lead to the nearest in the row above or below', () => {
    expect(step(spots, 1, 'ArrowDown')).toBe(4);
    expect(step(spots, 2, 'ArrowDown')).toBe(4);
    expect(step(spots, 4, 'ArrowDown')).toBe(5);
    expect(step(spots, 5, 'ArrowUp')).toBe(3);
    expect(step(spots, 4, 'ArrowUp')).toBe(1);
    expect(step(spots, 1, 'ArrowUp')).toBe(1);
    expect(step(spots, 5, 'ArrowDown')).toBe(5);
  });
});
