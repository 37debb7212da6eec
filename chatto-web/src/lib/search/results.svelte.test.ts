import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/error';
import type { SearchHit, SearchPage, SearchWish } from '../api/search';
import { percent, SearchResults } from './results.svelte';

function hit(id: string): SearchHit {
  return { message: { id }, excerpt: [], fileName: undefined } as unknown as SearchHit;
}

function page(ids: string[], rest: Partial<SearchPage> = {}): SearchPage {
  return { results: ids.map(hit), nextCursor: undefined, indexing: undefined, ...rest };
}

const wish: SearchWish = { text: 'tea', roomId: undefined };

describe('search results', () => {
  let answers: (SearchPage | Error | Promise<SearchPage>)[] = [];
  let asked: (string | undefined)[] = [];
  const results = (): SearchResults =>
    new SearchResults({
      find: async (_, cursor) => {
        asked.push(cursor);
        const answer = await answers.shift();
        if (answer === undefined || answer instanceof Error) throw answer ?? new Error('not expected');
        return answer;
      },
    });
  const ids = (found: SearchResults): string[] => found.hits.map((one) => one.message.id);

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('are loaded part by part', async () => {
    answers = [page(['a', 'b'], { nextCursor: 'x' }), page(['c'])];
    const found = results();

    await found.find(wish);
    expect(found.more).toBe(true);
    await found.loadMore();

    expect(ids(found)).toEqual(['a', 'b', 'c']);
    expect(found.more).toBe(false);
    expect(asked).toEqual([undefined, 'x']);
  });

  it('say what is wrong with a query, and what is wrong with the server', async () => {
    answers = [
      new ApiError('problem', 'q needs …', {
        status: 422,
        faults: [{ field: 'q', message: 'needs a date' }],
      }),
      new ApiError('network', 'The server cannot be reached.'),
      page(['a']),
    ];
    const found = results();

    await found.find(wish);
    expect(found.refusal).toBe('The search needs a date.');
    await found.find(wish);
    expect([found.refusal, found.fault]).toEqual([undefined, 'The server cannot be reached.']);
    await found.retry();
    expect([found.fault, ids(found)]).toEqual([undefined, ['a']]);
  });

  it('come again while the index grows, until somebody goes on', async () => {
    const indexing = { done: 1, total: 3 };
    answers = [
      page(['a'], { indexing, nextCursor: 'x' }),
      page(['b', 'a'], { indexing, nextCursor: 'x' }),
      page(['c']),
    ];
    const found = results();

    await found.find(wish);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(ids(found)).toEqual(['b', 'a']);
    await found.loadMore();
    await vi.advanceTimersByTimeAsync(9_000);

    expect(ids(found)).toEqual(['b', 'a', 'c']);
    expect(asked).toHaveLength(3);
  });

  it('of an earlier wish are forgotten', async () => {
    let answer: (page: SearchPage) => void = () => undefined;
    answers = [new Promise<SearchPage>((resolve) => (answer = resolve)), page(['new'])];
    const found = results();

    const first = found.find(wish);
    await found.find({ ...wish, text: 'coffee' });
    answer(page(['old']));
    await first;

    expect(ids(found)).toEqual(['new']);
  });

  it('are none for nothing', async () => {
    const found = results();

    await found.find({ ...wish, text: '  ' });

    expect(found.wish).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('tell how far the index is, never all the way', () => {
    expect(percent({ done: 42, total: 100 })).toBe(42);
    expect(percent({ done: 100, total: 100 })).toBe(99);
    expect(percent({ done: 0, total: 0 })).toBe(0);
  });
});
