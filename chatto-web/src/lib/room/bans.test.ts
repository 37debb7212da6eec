import { describe, expect, it } from 'vitest';
import { expiryOf, untilText } from './bans';

describe('bans', () => {
  it('end after the chosen hours, or never', () => {
    const now = Date.UTC(2026, 0, 1);

    expect(expiryOf(24, now)).toBe('2026-01-02T00:00:00.000Z');
    expect(expiryOf(0, now)).toBeUndefined();
  });

  it('say until when they hold', () => {
    expect(untilText(undefined)).toBe('until lifted');
    expect(untilText('2026-01-02T00:00:00.000Z')).toMatch(/^until .*\d/u);
  });
});
