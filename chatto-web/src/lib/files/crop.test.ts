import { describe, expect, it } from 'vitest';
import { cropSquare, WHOLE, within } from './crop';
import { clampZoom, fitting } from './zoom';

const picture = { width: 400, height: 200 };

describe('a square part of a picture', () => {
  it('is its middle at first', () => {
    expect(cropSquare(WHOLE, picture)).toEqual({ left: 100, top: 0, side: 200 });
  });

  it('never reaches beyond the picture', () => {
    expect(cropSquare(within({ x: 0, y: 2, zoom: 1 }, picture), picture)).toEqual({
      left: 0,
      top: 0,
      side: 200,
    });
    expect(cropSquare(within({ x: 1, y: 1, zoom: 2 }, picture), picture)).toEqual({
      left: 300,
      top: 100,
      side: 100,
    });
    expect(within({ x: 0.5, y: 0.5, zoom: 100 }, picture).zoom).toBe(5);
  });
});

describe('a picture on a stage', () => {
  it('is made smaller to fit, never larger', () => {
    expect(fitting({ width: 2000, height: 1000 }, { width: 1000, height: 800 })).toBe(0.5);
    expect(fitting(picture, { width: 1000, height: 800 })).toBe(1);
  });

  it('is enlarged within limits', () => {
    expect([0.3, 1.05, 2, 100].map((zoom) => clampZoom(zoom, 0.5))).toEqual([1, 1, 2, 6]);
  });
});
