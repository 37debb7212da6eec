import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Scattered } from './scattered';

describe('Scattered', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('runs once for all that is asked before, and again for what is asked later', () => {
    let runs = 0;
    const scattered = new Scattered(
      2_000,
      () => (runs += 1),
      () => 0.5,
    );

    scattered.request();
    scattered.request();
    vi.advanceTimersByTime(999);
    expect(runs).toBe(0);
    vi.advanceTimersByTime(1);
    expect(runs).toBe(1);

    scattered.request();
    vi.advanceTimersByTime(2_000);
    expect(runs).toBe(2);
  });
});
