import { toned, type Emoji, type EmojiCatalogue, type Tone } from './catalogue';

/** One emoji to pick. */
export interface Choice {
  /** What is picked. */
  emoji: string;
  name: string;
  /** The shortcode without colons. */
  code: string;
  /** The picture of a custom emoji. */
  url: string | undefined;
}

export interface Section {
  key: string;
  name: string;
  /** Stands for the section; empty where it has no tab. */
  sign: string;
  choices: readonly Choice[];
}

export interface Shelf {
  /** Undefined until it is there. */
  catalogue: EmojiCatalogue | undefined;
  /** The server's own emoji. */
  custom: readonly { name: string; url: string }[];
  /** Those used lately, the latest first; custom ones as `:name:`. */
  recent: readonly string[];
  tone: Tone;
}

const MOST_FOUND = 90;
const MOST_RECENT = 18;

/** What a picker shows: what a search finds, or else everything in sections, without the empty ones. */
export function sectionsOf(shelf: Shelf, query: string): Section[] {
  const { catalogue, tone } = shelf;
  const own = shelf.custom.map(({ name, url }): Choice => ({ emoji: `:${name}:`, name, code: name, url }));
  const wanted = query.trim().toLowerCase().replaceAll(':', '');
  if (wanted !== '') {
    const choices = [
      ...own.filter((choice) => choice.name.includes(wanted.replaceAll(' ', '_'))),
      ...(catalogue?.search(wanted, MOST_FOUND) ?? []).map((entry) => choiceOf(entry, tone)),
    ];
    return [{ key: 'found', name: choices.length === 0 ? 'Nothing found' : 'Found', sign: '', choices }];
  }
  const all: Section[] = [
    { key: 'recent', name: 'Used lately', sign: '🕘', choices: lately(shelf, own) },
    { key: 'own', name: 'This server', sign: '✨', choices: own },
    ...(catalogue?.groups ?? []).map(({ name, sign, emoji }) => ({
      key: name,
      name,
      sign,
      choices: emoji.map((entry) => choiceOf(entry, tone)),
    })),
  ];
  return all.filter((section) => section.choices.length > 0);
}

function choiceOf(entry: Emoji, tone: Tone): Choice {
  const code = entry.shortcodes[0] ?? entry.name;
  return { emoji: toned(entry, tone), name: entry.name, code, url: undefined };
}

function lately({ catalogue, recent, tone }: Shelf, own: readonly Choice[]): Choice[] {
  return recent
    .map((emoji): Choice | undefined => {
      const entry = catalogue?.find(emoji);
      return (
        own.find((choice) => choice.emoji === emoji) ??
        (entry === undefined ? undefined : { ...choiceOf(entry, tone), emoji })
      );
    })
    .filter((choice) => choice !== undefined)
    .slice(0, MOST_RECENT);
}
