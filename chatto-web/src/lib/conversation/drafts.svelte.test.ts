import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/error';
import type { DraftFacts } from '../api/personal';
import { BrowserStorage } from '../support/storage';
import { Drafts } from './drafts.svelte';

const line = { roomId: 'R1', threadRoot: undefined };
const other = { roomId: 'R2', threadRoot: 3 };

/** A server that keeps the latest draft of each line. */
class Server {
  readonly kept = new Map<string, DraftFacts>();
  calls = 0;
  away = false;

  drafts(): Promise<DraftFacts[]> {
    return Promise.resolve([...this.kept.values()].filter((draft) => draft.body !== ''));
  }

  keepDraft(
    at: typeof line | typeof other,
    body: string,
    updatedAt: string,
  ): Promise<DraftFacts | undefined> {
    this.calls += 1;
    if (this.away) return Promise.reject(new ApiError('network', 'away'));
    const key = `${at.roomId}.${at.threadRoot ?? ''}`;
    const there = this.kept.get(key);
    if (there === undefined || there.updatedAt <= updatedAt) this.kept.set(key, { ...at, body, updatedAt });
    const now = this.kept.get(key);
    return Promise.resolve(now?.body === '' ? undefined : now);
  }
}

let server: Server;

function device(): Drafts {
  const storage = new BrowserStorage(() => {
    throw new Error('none');
  });
  const drafts = new Drafts(server, storage, () => Date.now());
  drafts.open('Uann');
  return drafts;
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  server = new Server();
});

afterEach(() => vi.useRealTimers());

describe('drafts', () => {
  it('are on the server a moment after the typing, and on another device with its next load', async () => {
    const here = device();
    const there = device();

    for (const text of ['H', 'He', 'Hell', 'Hello']) here.set(line, text);
    await vi.advanceTimersByTimeAsync(3_000);
    await there.load();

    expect(there.get(line)).toBe('Hello');
    expect(there.inRoom('R1')).toBe(true);
    expect(server.calls).toBe(2);
  });

  it('do not replace what was written later', async () => {
    const here = device();
    const there = device();
    here.set(line, 'earlier');
    await vi.advanceTimersByTimeAsync(10);
    there.set(line, 'later');
    await vi.advanceTimersByTimeAsync(3_000);
    await here.load();

    expect(here.get(line)).toBe('later');
    expect(there.get(line)).toBe('later');
  });

  it('go away everywhere when they were sent', async () => {
    const here = device();
    const there = device();
    here.set(line, 'Hello');
    here.set(other, 'Thread');
    await vi.advanceTimersByTimeAsync(3_000);
    await there.load();

    here.set(line, '');
    await vi.advanceTimersByTimeAsync(3_000);
    await there.load();

    expect(there.get(line)).toBe('');
    expect(there.get(other)).toBe('Thread');
    expect(there.inRoom('R1')).toBe(false);
  });

  it('stay on the device while the server is away, and are told once it is back', async () => {
    const here = device();
    server.away = true;
    here.set(line, 'Hello');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(here.get(line)).toBe('Hello');

    server.away = false;
    await vi.advanceTimersByTimeAsync(30_000);
    expect([...server.kept.values()].map((draft) => draft.body)).toEqual(['Hello']);
  });

  it('hear of what other devices did', async () => {
    const here = device();
    const there = device();
    there.set(line, 'From there');
    await vi.advanceTimersByTimeAsync(3_000);
    const updatedAt = new Date(Date.now()).toISOString();

    here.apply({ type: 'draft.updated', ...line, present: true, updatedAt });
    await vi.advanceTimersByTimeAsync(10);
    expect(here.get(line)).toBe('From there');

    here.apply({ type: 'draft.updated', ...line, present: false, updatedAt });
    expect(here.get(line)).toBe('');
  });
});
