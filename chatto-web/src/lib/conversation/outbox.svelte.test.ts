import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/error';
import type { Message } from '../api/types';
import { attachment } from '../files/fixtures';
import { MemoryStorage, message } from './fixtures';
import { Outbox } from './outbox.svelte';

const line = { roomId: 'r', threadRoot: undefined };
const away = () => new ApiError('network', 'away');
const problem = (status: number, code: string, retryAfterMillis?: number) =>
  new ApiError('problem', code, { status, code, retryAfterMillis });

describe('Outbox', () => {
  let storage: MemoryStorage;
  let answers: (ApiError | 'ok')[];
  let posts: { body: string; key: string; attachments: readonly string[] | undefined }[];
  let delivered: Message[];
  let released: { files: readonly string[]; posted: boolean }[];
  let keys: number;

  beforeEach(() => {
    vi.useFakeTimers();
    storage = new MemoryStorage();
    answers = [];
    posts = [];
    delivered = [];
    released = [];
    keys = 0;
  });

  afterEach(() => vi.useRealTimers());

  function open(): Outbox {
    const outbox = new Outbox({
      api: {
        post: (_line, body, key, extras) => {
          posts.push({ body, key, attachments: extras?.attachments });
          const answer = answers.shift() ?? 'ok';
          return answer === 'ok' ? Promise.resolve(message(posts.length, { body })) : Promise.reject(answer);
        },
      },
      storage,
      nextKey: () => `key-${(keys += 1)}`,
      now: () => keys,
      delivered: (posted) => delivered.push(posted),
      released: (files, posted) => released.push({ files, posted }),
      random: () => 0,
    });
    outbox.open('u');
    return outbox;
  }

  const settle = async (millis = 0) => await vi.advanceTimersByTimeAsync(millis);

  it('keeps a message on the device until the server has it', async () => {
    const outbox = open();
    outbox.send(line, 'hi');
    expect(storage.keys('chatto.outbox.u.')).toHaveLength(1);

    await settle();

    expect(delivered).toMatchObject([{ body: 'hi', idempotencyKey: 'key-1' }]);
    expect(outbox.items).toEqual([]);
    expect(storage.values.size).toBe(0);
  });

  it('repeats with the same key after failures that pass, and keeps the order', async () => {
    answers = [away(), problem(503, 'unavailable')];
    const outbox = open();
    outbox.send(line, 'one');
    outbox.send(line, 'two');
    await settle(0);
    expect(outbox.items[0]?.state).toMatchObject({ name: 'waiting', reason: 'network' });

    await settle(10_000);

    expect(posts.map((post) => `${post.body} ${post.key}`)).toEqual([
      ...['one key-1', 'one key-1', 'one key-1'],
      'two key-2',
    ]);
    expect(delivered).toHaveLength(2);
  });

  it('waits as long as a busy server asks, even when the connection comes back', async () => {
    answers = [problem(429, 'rate-limited', 5_000)];
    const outbox = open();
    outbox.send(line, 'hi');
    await settle();

    outbox.kick();
    await settle(4_900);
    expect(posts).toHaveLength(1);
    await settle(200);

    expect(delivered).toHaveLength(1);
  });

  it('sends at once when the connection is back', async () => {
    answers = [away(), away(), away()];
    const outbox = open();
    outbox.send(line, 'hi');
    await settle(3_000);
    const tries = posts.length;

    outbox.kick();
    await settle();

    expect(posts).toHaveLength(tries + 1);
  });

  it('takes up unsent messages after a reload, with their keys', async () => {
    answers = [away()];
    const first = open();
    first.send(line, 'hi');
    await settle();
    first.close();

    open();
    await settle();

    expect(posts.map((post) => post.key)).toEqual(['key-1', 'key-1']);
    expect(delivered).toHaveLength(1);
  });

  it('leaves a refused message to the person and goes on with the next', async () => {
    answers = [problem(422, 'invalid')];
    const outbox = open();
    outbox.send(line, 'bad');
    outbox.send(line, 'good');
    await settle();

    expect(outbox.items).toMatchObject([
      { body: 'bad', state: { name: 'refused', failure: { code: 'invalid' } } },
    ]);
    expect(delivered).toHaveLength(1);

    outbox.retry('key-1');
    await settle();
    expect(outbox.items).toEqual([]);
    expect(posts.at(-1)?.key).toBe('key-1');
  });

  it('gives a message a new key only when the old one can never succeed', async () => {
    answers = [problem(422, 'idempotency-key-expired')];
    const outbox = open();
    outbox.send(line, 'old');
    await settle();

    outbox.retry('key-1');
    await settle();

    expect(posts.map((post) => post.key)).toEqual(['key-1', 'key-2']);
    expect(storage.values.size).toBe(0);
  });

  it('keeps messages through a session that has ended', async () => {
    answers = [problem(401, 'unauthenticated')];
    const outbox = open();
    outbox.send(line, 'hi');
    await settle();
    outbox.close();
    expect(storage.values.size).toBe(1);

    outbox.open('other');
    await settle();
    expect(posts).toHaveLength(1);
    outbox.open('u');
    await settle();

    expect(delivered).toHaveLength(1);
  });

  it('drops a message that the live feed brought back', async () => {
    answers = [away()];
    const outbox = open();
    outbox.send(line, 'hi');
    await settle();

    outbox.settle('key-1');
    await settle(60_000);

    expect(posts).toHaveLength(1);
    expect(storage.values.size).toBe(0);
  });

  it('gives up on a fault inside the server after some attempts', async () => {
    answers = Array.from({ length: 20 }, () => problem(500, 'internal'));
    const outbox = open();
    outbox.send(line, 'hi');
    await settle(600_000);

    expect(outbox.items[0]?.state.name).toBe('refused');
    expect(posts).toHaveLength(8);
  });

  it('passes over stored items that it cannot read', () => {
    storage.set('chatto.outbox.u.x', '{"key":1}');

    expect(open().items).toEqual([]);
  });

  describe('with files', () => {
    const file = (key: string, id?: string) => ({
      key,
      name: `${key}.png`,
      size: 1,
      attachment: id === undefined ? undefined : attachment(id),
    });

    it('sends a message when all its files have arrived, and others before it', async () => {
      const outbox = open();
      outbox.send(line, 'with files', {}, [file('a', 'a1'), file('b')]);
      outbox.send(line, 'without');
      await settle();
      expect(posts.map(({ body }) => body)).toEqual(['without']);

      outbox.fileEnded('b', attachment('b1'));
      await settle();

      expect(posts[1]).toMatchObject({ body: 'with files', attachments: ['a1', 'b1'] });
      expect(released).toEqual([{ files: ['a', 'b'], posted: true }]);
    });

    it('sends a message without the files that were taken out of it', async () => {
      const outbox = open();
      outbox.send(line, 'text', {}, [file('a')]);
      outbox.send(line, '', {}, [file('b')]);

      outbox.fileEnded('a', undefined);
      outbox.fileEnded('b', undefined);
      await settle();

      expect(posts).toMatchObject([{ body: 'text', attachments: undefined }]);
      expect(outbox.items).toEqual([]);
    });

    it('says after a visit of the page which message has lost its files', async () => {
      open().send(line, 'text', {}, [file('a', 'a1'), file('b')]);

      const again = open();
      expect(again.items).toMatchObject([{ state: { name: 'refused', failure: { code: 'files-lost' } } }]);
      again.retry('key-1');
      await settle();

      expect(posts).toMatchObject([{ body: 'text', attachments: ['a1'] }]);
    });

    it('gives the files of a discarded message up', () => {
      const outbox = open();
      outbox.send(line, '', {}, [file('a')]);

      outbox.discard('key-1');

      expect(released).toEqual([{ files: ['a'], posted: false }]);
    });
  });
});
