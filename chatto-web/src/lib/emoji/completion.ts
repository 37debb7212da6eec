import type { CompletionSource, Suggestion } from '../conversation/completion';
import { loadCatalogue } from './catalogue';

const MOST = 8;

/** Completes `:smi` to an emoji; those of this server come first. */
export function emojiCompletion(custom: () => readonly { name: string; url: string }[]): CompletionSource {
  return {
    trigger: ':',
    label: 'Emoji',
    minimum: 2,
    query: /[\w+-]/u,
    find: async (query) => {
      const catalogue = await loadCatalogue();
      const own = custom()
        .filter(({ name }) => name.startsWith(query.toLowerCase()))
        .map(({ name, url }): Suggestion => {
          const text = `:${name}:`;
          return { key: text, lead: { kind: 'image', url }, label: text, insert: text };
        });
      const others = catalogue
        .search(query.replaceAll('_', ' '), MOST)
        .map(({ emoji, name, shortcodes }): Suggestion => ({
          key: emoji,
          lead: { kind: 'sign', sign: emoji },
          label: `:${shortcodes[0] ?? name}:`,
          note: name,
          insert: emoji,
        }));
      return [...own, ...others];
    },
  };
}
