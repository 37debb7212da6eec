import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

/** One emoji as the client reads it: the emoji, its name, its shortcodes, words to find it by, its group, whether it has skin tones. */
export type EmojiRow = [string, string, string[], string, number, boolean];

interface Source {
  unicode: string;
  label: string;
  hexcode: string;
  group?: number;
  order?: number;
  tags?: string[];
  skins?: { unicode: string }[];
}

const MODULE = 'virtual:emoji';
const RESOLVED = `\0${MODULE}`;
const COMPONENTS = 2;
const TONES = ['\u{1F3FB}', '\u{1F3FC}', '\u{1F3FD}', '\u{1F3FE}', '\u{1F3FF}'];

const load = createRequire(import.meta.url);
type Shortcodes = Record<string, string | string[] | undefined>;

/** All emoji in the order of their groups, without the parts that only make sense within others. */
export function emojiRows(): EmojiRow[] {
  const all = load('emojibase-data/en/compact.json') as Source[];
  const usual = load('emojibase-data/en/shortcodes/github.json') as Shortcodes;
  const more = load('emojibase-data/en/shortcodes/emojibase.json') as Shortcodes;
  return all
    .filter(({ group }) => group !== undefined && group !== COMPONENTS)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map((emoji) => {
      const known = list(more[emoji.hexcode]);
      const codes = list(usual[emoji.hexcode]);
      const words = new Set([...(emoji.tags ?? []), ...known.map((code) => code.replaceAll('_', ' '))]);
      words.delete(emoji.label);
      return [
        qualified(emoji.unicode),
        emoji.label,
        codes.length === 0 ? known.slice(0, 1) : codes,
        [...words].join(' '),
        emoji.group ?? 0,
        hasTones(emoji),
      ];
    });
}

/** The one form of an emoji that Unicode recommends: the data also marks those that are emoji without a mark. */
function qualified(emoji: string): string {
  return emoji.replaceAll(/(\p{Emoji_Presentation})\uFE0F/gu, '$1');
}

function list(codes: string | string[] | undefined): string[] {
  return codes === undefined ? [] : typeof codes === 'string' ? [codes] : codes;
}

/** Whether the tone's character behind every person or hand makes the emoji of that tone. */
function hasTones({ unicode, skins = [] }: Source): boolean {
  return TONES.every((tone) => skins.some((skin) => qualified(skin.unicode) === toned(unicode, tone)));
}

function toned(emoji: string, tone: string): string {
  return emoji.replaceAll(/(\p{Emoji_Modifier_Base})\uFE0F?/gu, `$1${tone}`);
}

/** Serves the table as a module of its own, which is loaded when somebody needs it. */
export function emojiData(): Plugin {
  return {
    name: 'emoji-data',
    resolveId: (id) => (id === MODULE ? RESOLVED : undefined),
    load: (id) => (id === RESOLVED ? `export default ${JSON.stringify(emojiRows())};` : undefined),
  };
}
