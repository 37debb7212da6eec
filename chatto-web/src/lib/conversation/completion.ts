import type { Author } from '../api/types';
import type { Selection } from './format';

/** What stands before a suggestion: a character or an emoji, a picture, or a person's avatar. */
export type Lead =
  { kind: 'sign'; sign: string } | { kind: 'image'; url: string } | { kind: 'person'; person: Author };

/** Something that may take the place of what is being typed. */
export interface Suggestion {
  key: string;
  lead: Lead;
  label: string;
  /** Said more quietly behind the label. */
  note?: string | undefined;
  /** What replaces the typed text, its trigger included; a space follows it. */
  insert: string;
}

/** Knows how to go on after one trigger: people after `@`, emoji after `:`. */
export interface CompletionSource {
  /** One character that begins it, where no word precedes it. */
  trigger: string;
  /** Names the list of suggestions. */
  label: string;
  /** How many characters have to follow the trigger before anything is suggested. */
  minimum: number;
  /** What the characters after the trigger may be. */
  query: RegExp;
  /** The best suggestions first; a failure suggests nothing. */
  find(query: string): Promise<readonly Suggestion[]>;
}

/** What is being typed: from the trigger at `start` to the cursor at `end`. */
export interface Token {
  source: CompletionSource;
  start: number;
  end: number;
  query: string;
}

const LONGEST_QUERY = 64;
/** A trigger inside a word, an address or a time of day begins nothing. */
const BINDS = /[\p{L}\p{N}_:/@.]$/u;

/** What could be completed at the cursor. */
export function tokenAt(
  text: string,
  cursor: number,
  sources: readonly CompletionSource[],
): Token | undefined {
  const from = Math.max(0, cursor - LONGEST_QUERY - 1);
  for (let start = cursor - 1; start >= from; start -= 1) {
    const source = sources.find((candidate) => candidate.trigger === text[start]);
    if (source !== undefined) {
      const query = text.slice(start + 1, cursor);
      const fits = query.length >= source.minimum && Array.from(query).every((c) => source.query.test(c));
      return fits && !BINDS.test(text.slice(0, start)) ? { source, start, end: cursor, query } : undefined;
    }
    if (/\s/u.test(text[start] ?? '')) return undefined;
  }
  return undefined;
}

/** The text with a suggestion in the place of what was typed, and the cursor behind it. */
export function complete(text: string, token: Token, suggestion: Suggestion): Selection {
  const rest = text.slice(token.end);
  const insert = /^\s/u.test(rest) ? suggestion.insert : `${suggestion.insert} `;
  const end = token.start + suggestion.insert.length + 1;
  return { text: text.slice(0, token.start) + insert + rest, start: end, end };
}
