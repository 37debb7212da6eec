import { beforeEach, describe, expect, it } from 'vitest';
import { away, FakeUploads, problem } from './fixtures';
import { Transfer } from './transfer';

const signal = new AbortController().signal;

describe('a transfer', () => {
  let api: FakeUploads;
  let progress: number[];
  let keys: number;

  beforeEach(() => {
    api = new FakeUploads();
    progress = [];
    keys = 0;
  });

  function transfer(file = new File(['0123456789'], 'digits.txt')): Transfer {
    const nextKey = () => `next-${(keys += 1)}`;
    return new Transfer(api, file, 'r', 'first', nextKey, (sent) => progress.push(sent));
  }

  it('sends a file in parts of the size that the server names', async () => {
    const attachment = await transfer().run(signal);

    expect(attachment.id).toBe('a-u-first');
    expect(api.parts.map(({ offset, bytes }) => [offset, bytes])).toEqual([
      [0, 4],
      [4, 4],
      [8, 2],
    ]);
    expect(progress).toEqual([0, 4, 8, 10]);
  });

  it('goes on where it was after the connection broke off', async () => {
    api.faults = [undefined, away()];
    const sending = transfer();
    await expect(sending.run(signal)).rejects.toThrow('away');

    await sending.run(signal);

    expect(api.parts.map(({ offset }) => offset)).toEqual([0, 4, 8]);
    expect(api.keys).toEqual(['first']);
  });

  it('sends nothing twice when an answer was lost', async () => {
    api.faults = [undefined, 'lost'];
    const sending = transfer();
    await expect(sending.run(signal)).rejects.toThrow('away');

    await sending.run(signal);

    expect(api.parts.map(({ offset }) => offset)).toEqual([0, 4, 8]);
  });

  it('takes the place that the server names when they differ', async () => {
    const sending = transfer();
    api.faults = [undefined, away()];
    await expect(sending.run(signal)).rejects.toThrow('away');
    const state = await api.upload('u-first');
    api.upload = async () => {
      delete (api as { upload?: unknown }).upload;
      return await Promise.resolve({ ...state, offset: 0 });
    };

    await sending.run(signal);

    expect(api.parts.map(({ offset }) => offset)).toEqual([0, 4, 8]);
  });

  it('gives up when the server keeps naming the same place', async () => {
    api.faults = Array.from({ length: 20 }, () => problem(409));

    await expect(transfer().run(signal)).rejects.toThrow('does not take');
    expect(api.faults.length).toBeGreaterThan(10);
  });

  it('begins anew with a key of its own when the server has given it up', async () => {
    api.faults = [undefined, away()];
    const sending = transfer();
    await expect(sending.run(signal)).rejects.toThrow('away');
    api.states.clear();

    await sending.run(signal);

    expect(api.keys).toEqual(['first', 'next-1']);
    expect(api.parts.map(({ offset }) => offset)).toEqual([0, 0, 4, 8]);
  });

  it('says so when the file can no longer be read', async () => {
    const file = new File(['0123456789'], 'gone.txt');
    file.slice = () =>
      ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }) as unknown as Blob;

    await expect(transfer(file).run(signal)).rejects.toThrow('Choose it again');
  });

  it('has the server forget what is cancelled', async () => {
    api.faults = [away()];
    const sending = transfer();
    await expect(sending.run(signal)).rejects.toThrow('away');

    await sending.cancel();

    expect(api.cancelled).toEqual(['u-first']);
  });
});
