import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ActivityMonitor, HIDDEN_MILLIS, IDLE_MILLIS } from './activity';

class FakeDocument extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';

  turn(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

describe('ActivityMonitor', () => {
  let document: FakeDocument;
  let window: EventTarget;
  let reports: string[];
  let stop: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    document = new FakeDocument();
    window = new EventTarget();
    reports = [];
    stop = new ActivityMonitor((activity) => reports.push(activity), { window, document }).start();
  });

  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  function sign(): void {
    window.dispatchEvent(new Event('keydown'));
  }

  it('says away after five minutes without a sign, and online at the next one', () => {
    vi.advanceTimersByTime(IDLE_MILLIS - 1);
    expect(reports).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(reports).toEqual(['away']);

    sign();
    sign();
    expect(reports).toEqual(['away', 'online']);
    vi.advanceTimersByTime(IDLE_MILLIS);
    expect(reports).toEqual(['away', 'online', 'away']);
  });

  it('counts from the last sign', () => {
    for (let minute = 0; minute < 30; minute += 1) {
      vi.advanceTimersByTime(60_000);
      sign();
    }
    expect(reports).toEqual([]);
    vi.advanceTimersByTime(IDLE_MILLIS);
    expect(reports).toEqual(['away']);
  });

  it('says away ten seconds after the tab was hidden, not after a glance elsewhere', () => {
    document.turn('hidden');
    vi.advanceTimersByTime(HIDDEN_MILLIS - 1);
    document.turn('visible');
    vi.advanceTimersByTime(HIDDEN_MILLIS);
    expect(reports).toEqual([]);

    document.turn('hidden');
    vi.advanceTimersByTime(HIDDEN_MILLIS);
    expect(reports).toEqual(['away']);
    sign();
    expect(reports).toEqual(['away']);
    document.turn('visible');
    expect(reports).toEqual(['away', 'online']);
  });

  it('says nothing any more once it was stopped', () => {
    stop();
    vi.advanceTimersByTime(IDLE_MILLIS);
    expect(reports).toEqual([]);
  });
});
