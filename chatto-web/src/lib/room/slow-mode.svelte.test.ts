import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SlowModeWait } from './slow-mode.svelte';

describe('SlowModeWait', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('counts down and ends', () => {
    const until = new Date(Date.now() + 2_000).toISOString();
    const wait = new SlowModeWait(
      () => until,
      () => Date.now(),
    );
    const stop = wait.follow();
    expect(wait.left).toBe('0:02');

    vi.advanceTimersByTime(1_000);
    expect(wait.left).toBe('0:01');

    vi.advanceTimersByTime(1_250);
    expect(wait.left).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
    stop?.();
  });

  it('has nothing to count where nobody waits', () => {
    const wait = new SlowModeWait(
      () => undefined,
      () => Date.now(),
    );

    expect(wait.left).toBeUndefined();
    expect(wait.follow()).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });
});
