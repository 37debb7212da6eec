import { describe, expect, it } from 'vitest';
import { expiry, statusLabel } from './status';

// A Wednesday, in whatever zone the test runs.
const now = new Date(2026, 2, 4, 15, 30).getTime();

describe('how long a status lasts', () => {
  it('is counted from now, or to the end of day and week', () => {
    expect(expiry('always', now)).toBeUndefined();
    expect(expiry('half-hour', now)?.getTime()).toBe(now + 1_800_000);
    expect(expiry('today', now)).toEqual(new Date(2026, 2, 5));
    expect(expiry('week', now)).toEqual(new Date(2026, 2, 9));
    expect(expiry('week', new Date(2026, 2, 8, 10).getTime())).toEqual(new Date(2026, 2, 9));
  });

  it('is told with it', () => {
    const status = { emoji: '🚌', text: 'Commuting', expiresAt: undefined };
    expect(statusLabel(status, now, 'auto')).toBe('Commuting');
    expect(statusLabel({ ...status, text: '' }, now, 'auto')).toBe('🚌');
    expect(statusLabel({ ...status, expiresAt: new Date(now + 60_000).toISOString() }, now, '24h')).toMatch(
      /until 15:31/u,
    );
    expect(statusLabel({ ...status, expiresAt: new Date(2026, 2, 9).toISOString() }, now, 'auto')).toMatch(
      /2026/u,
    );
  });
});
