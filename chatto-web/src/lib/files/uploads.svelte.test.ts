import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Attachment } from '../api/attachments';
import { MemoryStorage } from '../conversation/fixtures';
import { away, FakeUploads, problem } from './fixtures';
import { Uploads } from './uploads.svelte';

const line = { roomId: 'r', threadRoot: undefined };

describe('Uploads', () => {
  let api: FakeUploads;
  let storage: MemoryStorage;
  let ended: [string, Attachment | undefined][];
  let keys: number;
  let now: number;
  let most: number;

  beforeEach(() => {
    vi.useFakeTimers();
    api = new FakeUploads();
    storage = new MemoryStorage();
    ended = [];
    keys = 0;
    now = 1_000_000_000;
    most = 100;
  });

  afterEach(() => vi.useRealTimers());

  function open(): Uploads {
    const uploads = new Uploads({
      api,
      storage,
      previews: { of: () => Promise.resolve(undefined), keep: () => undefined, release: () => undefined },
      limits: () => ({ maxUploadBytes: most, maxVideoBytes: 200, maxAttachments: 10 }),
      nextKey: () => `k${(keys += 1)}`,
      now: () => now,
      ended: (key, attachment) => ended.push([key, attachment]),
      random: () => 0,
    });
    uploads.open('u');
    return uploads;
  }

  const file = (name: string, content = '0123456789') => new File([content], name);
  const settle = async (millis = 0) => await vi.advanceTimersByTimeAsync(millis);
  const states = (uploads: Uploads) => uploads.items.map(({ progress }) => progress.name);

  it('sends three files at once and the others after them', async () => {
    let release = (): void => undefined;
    api.held = new Promise((resolve) => (release = resolve));
    const uploads = open();
    uploads.add(
      line,
      ['a', 'b', 'c', 'd'].map((name) => file(name)),
    );
    await settle();
    expect(states(uploads)).toEqual(['sending', 'sending', 'sending', 'queued']);
    expect(uploads.busy).toBe(true);

    release();
    api.held = undefined;
    await settle();

    expect(states(uploads)).toEqual(['done', 'done', 'done', 'done']);
    expect(uploads.busy).toBe(false);
  });

  it('goes on by itself when the connection is back', async () => {
    api.faults = [undefined, away(), away()];
    const uploads = open();
    uploads.add(line, [file('a')]);
    await settle();
    expect(uploads.items).toMatchObject([{ sent: 4, progress: { name: 'waiting' } }]);
    uploads.kick();
    await settle();
    expect(states(uploads)).toEqual(['waiting']);

    await settle(2_000);

    expect(states(uploads)).toEqual(['done']);
    expect(api.parts.map(({ offset }) => offset)).toEqual([0, 4, 8]);
  });

  it('stops at a refusal until the person has it tried again', async () => {
    api.faults = [problem(413, 'upload-too-large')];
    const uploads = open();
    uploads.add(line, [file('a')]);
    await settle(600_000);
    expect(uploads.items).toMatchObject([{ progress: { name: 'failed', message: 'upload-too-large' } }]);

    uploads.retry('k1');
    await settle();

    expect(states(uploads)).toEqual(['done']);
  });

  it('gives up on a fault inside the server after some attempts', async () => {
    api.faults = Array.from({ length: 20 }, () => problem(500));
    const uploads = open();
    uploads.add(line, [file('a')]);
    await settle(600_000);

    expect(states(uploads)).toEqual(['failed']);
    expect(api.faults).toHaveLength(14);
  });

  it('refuses what is too large or too much before sending anything', () => {
    const uploads = open();

    const notices = uploads.add(line, [
      file('large', 'x'.repeat(101)),
      ...Array.from({ length: 11 }, (_, index) => file(`f${index}`)),
    ]);

    expect(notices).toHaveLength(2);
    expect(uploads.of(line)).toHaveLength(10);
  });

  it('cancels on the server, too', async () => {
    api.faults = [undefined, away()];
    const uploads = open();
    uploads.add(line, [file('a')]);
    await settle();

    uploads.cancel('k1');
    await settle(60_000);

    expect(uploads.items).toEqual([]);
    expect(api.cancelled).toEqual(['u-k1']);
    expect(api.parts).toHaveLength(1);
  });

  it('hands the files of a message over before they have arrived, and tells when they have', async () => {
    api.faults = [away()];
    const uploads = open();
    uploads.add(line, [file('a'), file('b')]);
    await settle();

    const files = uploads.sendOff(line);

    expect(files.map(({ key, attachment }) => [key, attachment?.id])).toEqual([
      ['k1', undefined],
      ['k2', 'a-u-k2'],
    ]);
    expect(uploads.of(line)).toEqual([]);
    expect(ended).toEqual([]);
    await settle(2_000);
    expect(ended).toMatchObject([['k1', { id: 'a-u-k1' }]]);

    uploads.release(['k1', 'k2'], true);

    expect(uploads.items).toEqual([]);
    expect(api.cancelled).toEqual([]);
  });

  it('keeps finished files through a visit of the page, as long as the server does', async () => {
    open().add(line, [file('a')]);
    await settle();

    expect(open().of(line)).toMatchObject([{ key: 'k1', progress: { name: 'done' } }]);
    now += 24 * 3_600_000;
    expect(open().items).toEqual([]);
    expect(storage.values.size).toBe(0);
  });

  it('keeps nothing of a message that was sent', async () => {
    const uploads = open();
    uploads.add(line, [file('a')]);
    await settle();

    uploads.sendOff(line);

    expect(storage.values.size).toBe(0);
  });

  it('are taken where the person may attach, by a server that says how much', () => {
    const uploads = open();

    expect(uploads.takenIn({ permissions: ['message.attach'] })).toBe(true);
    expect(uploads.takenIn({ permissions: ['message.post'] })).toBe(false);
    most = 0;
    expect(uploads.takenIn({ permissions: ['message.attach'] })).toBe(false);
  });

  it('knows in which rooms files wait to be sent', () => {
    const uploads = open();
    uploads.add(line, [file('a')]);

    expect([uploads.inRoom('r'), uploads.inRoom('q')]).toEqual([true, false]);
  });
});
