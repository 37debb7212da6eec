import type { EmojiRow } from '../../../emoji-data';

export interface Emoji {
  emoji: string;
  name: string;
  /** Without colons, the most usual first. */
  shortcodes: readonly string[];
  group: number;
  /** Whether it comes in skin tones. */
  tones: boolean;
}

export interface EmojiGroup {
  name: string;
  /** Stands for the group. */
  sign: string;
  emoji: readonly Emoji[];
}

/** 0 is the neutral yellow. */
export type Tone = 0 | 1 | 2 | 3 | 4 | 5;

export const TONES: readonly Tone[] = [0, 1, 2, 3, 4, 5];

const TONE_NAMES = ['no', 'light', 'medium-light', 'medium', 'medium-dark', 'dark'];
const TONE_BASE = 0x1f3fa;

/** The groups by the numbers that the data gives them; 2 holds parts that are no emoji by themselves. */
const GROUPS: readonly { number: number; name: string; sign: string }[] = [
  { number: 0, name: 'Smileys and emotion', sign: '😀' },
  { number: 1, name: 'People', sign: '👋' },
  { number: 3, name: 'Animals and nature', sign: '🐻' },
  { number: 4, name: 'Food and drink', sign: '🍔' },
  { number: 5, name: 'Travel and places', sign: '🚗' },
  { number: 6, name: 'Activities', sign: '⚽' },
  { number: 7, name: 'Objects', sign: '💡' },
  { number: 8, name: 'Symbols', sign: '💜' },
  { number: 9, name: 'Flags', sign: '🏁' },
];

interface Searchable {
  emoji: Emoji;
  codes: readonly string[];
  words: readonly string[];
}

/** All emoji of Unicode, by group, shortcode and what people call them. */
export class EmojiCatalogue {
  readonly groups: readonly EmojiGroup[];
  private readonly byCode = new Map<string, Emoji>();
  private readonly byEmoji = new Map<string, Emoji>();
  private readonly searchable: Searchable[] = [];

  constructor(rows: readonly EmojiRow[]) {
    const all = rows.map(([emoji, name, shortcodes, words, group, tones]) => {
      const entry: Emoji = { emoji, name, shortcodes, group, tones };
      this.byEmoji.set(comparable(emoji), entry);
      for (const code of shortcodes) if (!this.byCode.has(code)) this.byCode.set(code, entry);
      this.searchable.push({
        emoji: entry,
        codes: shortcodes.map(plain),
        words: [...wordsOf(name), ...wordsOf(words)],
      });
      return entry;
    });
    this.groups = GROUPS.map(({ number, name, sign }) => ({
      name,
      sign,
      emoji: all.filter((entry) => entry.group === number),
    }));
  }

  /** What a shortcode, without colons, stands for. */
  of(shortcode: string): Emoji | undefined {
    return this.byCode.get(shortcode);
  }

  /** What is known of an emoji, in whatever skin tone. */
  find(emoji: string): Emoji | undefined {
    return this.byEmoji.get(comparable(untoned(emoji)));
  }

  /** The emoji that people may mean by some words, the likeliest first. */
  search(query: string, limit: number): Emoji[] {
    const wanted = wordsOf(query);
    if (wanted.length === 0) return [];
    const whole = plain(query);
    return this.searchable
      .map((entry) => ({ entry, rank: rank(entry, wanted, whole) }))
      .filter(({ rank: found }) => found < NO_MATCH)
      .sort((a, b) => a.rank - b.rank)
      .slice(0, limit)
      .map(({ entry }) => entry.emoji);
  }
}

const NO_MATCH = 9;

/** The lower the better: a shortcode itself, one that begins so, a word of the name, any word. */
function rank({ codes, words }: Searchable, wanted: readonly string[], whole: string): number {
  if (codes.includes(whole)) return 0;
  if (codes.some((code) => code.startsWith(whole))) return 1;
  if (!wanted.every((part) => words.some((word) => word.startsWith(part)))) {
    return codes.some((code) => whole.length > 2 && code.includes(whole)) ? 5 : NO_MATCH;
  }
  return wanted.every((part) => words.includes(part)) ? 2 : 3;
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll(/[\s_-]+/gu, ' ')
    .trim();
}

function wordsOf(text: string): string[] {
  return plain(text)
    .split(/[^\p{L}\p{N}+]+/u)
    .filter((word) => word !== '');
}

function comparable(emoji: string): string {
  return emoji.replaceAll('\uFE0F', '');
}

function untoned(emoji: string): string {
  return emoji.replaceAll(/[\u{1F3FB}-\u{1F3FF}]/gu, '');
}

/** An emoji of people in a skin tone; others stay as they are. */
export function toned({ emoji, tones }: Emoji, tone: Tone): string {
  if (!tones || tone === 0) return emoji;
  const mark = String.fromCodePoint(TONE_BASE + tone);
  return emoji.replaceAll(/(\p{Emoji_Modifier_Base})\uFE0F?/gu, `$1${mark}`);
}

export function toneName(tone: Tone): string {
  return `${TONE_NAMES[tone] ?? ''} skin tone`;
}

let loading: Promise<EmojiCatalogue> | undefined;

/** The catalogue, which comes from the server when it is first needed; a failure is not kept. */
export async function loadCatalogue(): Promise<EmojiCatalogue> {
  loading ??= import('virtual:emoji').then((data) => new EmojiCatalogue(data.default));
  try {
    return await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}
