import { describe, expect, it } from 'vitest';
import { GRID_WIDTH, gridHeight, gridRows, singleSize } from './grid';

const pictures = (count: number) => Array.from({ length: count }, () => ({ width: 400, height: 300 }));

describe('pictures of a message', () => {
  it('are not larger alone than they are or than there is room', () => {
    expect(singleSize({ width: 200, height: 100 })).toEqual({ width: 200, height: 100 });
    expect(singleSize({ width: 4000, height: 2000 })).toEqual({ width: GRID_WIDTH, height: 240 });
    expect(singleSize({ width: 1000, height: 4000 })).toEqual({ width: 80, height: 320 });
    expect(singleSize({ width: 8, height: 8 })).toEqual({ width: 48, height: 48 });
  });

  it('stand in rows, each exactly once', () => {
    for (let count = 2; count <= 13; count += 1) {
      const all = pictures(count);
      expect(gridRows(all).flatMap((row) => row.map(({ item }) => item))).toEqual(all);
    }
    expect(gridRows(pictures(5)).map((row) => row.length)).toEqual([2, 3]);
  });

  it('keep about their shape, even extreme ones', () => {
    const shapes = [
      { width: 4000, height: 100 },
      { width: 100, height: 4000 },
      { width: undefined, height: undefined },
    ];
    expect(gridRows(shapes)[0]?.map(({ ratio }) => ratio)).toEqual([2.4, 0.7, 1]);
  });

  it('have a height before they are there', () => {
    expect(gridHeight([])).toBe(0);
    expect(gridHeight(pictures(1))).toBe(300);
    expect(gridHeight(pictures(2))).toBe(179);
    expect(gridHeight(pictures(4))).toBe(361);
  });
});
