import { array, boolean, number, object, optional, string, withDefault, type Decoder } from './decode';
import type { Http } from './http';
import { decodeMessage, type Message } from './types';

/** A stretch of an excerpt. */
export interface Passage {
  text: string;
  highlighted: boolean;
}

export interface SearchHit {
  message: Message;
  excerpt: Passage[];
  /** Of the file that the message was found by. */
  fileName: string | undefined;
}

/** How far the server is with its index. */
export interface Indexing {
  done: number;
  total: number;
}

export interface SearchPage {
  results: SearchHit[];
  nextCursor: string | undefined;
  indexing: Indexing | undefined;
}

export interface SearchWish {
  text: string;
  roomId: string | undefined;
}

const PAGE = 30;

const decodeSearchPage: Decoder<SearchPage> = object({
  results: array(
    object({
      message: decodeMessage,
      excerpt: array(object({ text: string, highlighted: withDefault(boolean, false) })),
      fileName: optional(string),
    }),
  ),
  nextCursor: optional(string),
  indexing: optional(object({ done: number, total: number })),
});

/** The call that finds messages. */
export class SearchApi {
  constructor(private readonly http: Http) {}

  async find(wish: SearchWish, cursor?: string): Promise<SearchPage> {
    const query = {
      q: wish.text,
      room: wish.roomId,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      limit: PAGE,
      cursor,
    };
    return await this.http.send({ method: 'GET', path: '/search', query }, decodeSearchPage);
  }
}
