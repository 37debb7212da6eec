import { ApiError, describeError } from '../api/error';
import type { Indexing, SearchHit, SearchPage, SearchWish } from '../api/search';

interface Finder {
  find: (wish: SearchWish, cursor?: string) => Promise<SearchPage>;
}

/** While the server is still filling its index, it is asked again after this time. */
const AGAIN_MILLIS = 3_000;

/** What was found for one wish at a time. */
export class SearchResults {
  hits: readonly SearchHit[] = $state.raw([]);
  loading = $state(false);
  /** What is wrong with the query, in words. */
  refusal = $state<string>();
  /** Why there was no answer, in words. */
  fault = $state<string>();
  indexing = $state.raw<Indexing>();
  /** What the shown results are for. */
  wish = $state.raw<SearchWish>();
  private cursor = $state<string>();
  private run = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly api: Finder) {}

  get more(): boolean {
    return this.cursor !== undefined;
  }

  /** Looks for something else; without words, for nothing. */
  async find(wish: SearchWish): Promise<void> {
    this.stop();
    this.hits = [];
    this.cursor = undefined;
    this.refusal = undefined;
    this.fault = undefined;
    this.wish = wish.text.trim() === '' ? undefined : wish;
    if (this.wish !== undefined) await this.load(this.wish, undefined);
  }

  async loadMore(): Promise<void> {
    if (this.wish !== undefined && !this.loading) await this.load(this.wish, this.cursor);
  }

  /** Looks again for the same. */
  async retry(): Promise<void> {
    if (this.wish !== undefined) await this.find(this.wish);
  }

  /** Nobody wants to know any more. */
  stop(): void {
    this.run += 1;
    this.loading = false;
    clearTimeout(this.timer);
  }

  private async load(wish: SearchWish, cursor: string | undefined): Promise<void> {
    const run = this.run;
    this.loading = true;
    try {
      const page = await this.api.find(wish, cursor);
      if (run !== this.run) return;
      this.hits = cursor === undefined ? page.results : [...this.hits, ...page.results];
      this.cursor = page.nextCursor;
      this.indexing = page.indexing;
      this.fault = undefined;
      if (page.indexing !== undefined && cursor === undefined) this.lookAgain(wish);
    } catch (error) {
      if (run === this.run) this.failed(error);
    } finally {
      if (run === this.run) this.loading = false;
    }
  }

  private failed(error: unknown): void {
    const refusal = error instanceof ApiError ? error.faultOf('q') : undefined;
    if (refusal === undefined) this.fault = describeError(error);
    else this.refusal = `The search ${refusal}.`;
  }

  /** Results that somebody has gone on from stay as they are. */
  private lookAgain(wish: SearchWish): void {
    const shown = this.hits;
    this.timer = setTimeout(() => {
      if (this.hits === shown) void this.load(wish, undefined);
    }, AGAIN_MILLIS);
  }
}

/** "42 %" of the way; never all of it while there is something left. */
export function percent(indexing: Indexing): number {
  return indexing.total === 0 ? 0 : Math.min(99, Math.floor((100 * indexing.done) / indexing.total));
}
