import type { CompletionSource, Suggestion } from '../conversation/completion';
import { loadCatalogue } from './catalogue';

const MOST = 8;

/** Completes `:smi` to an emoji. */
export const emojiCompletion: CompletionSource = {
  trigger: ':',
  label: 'Emoji',
  minimum: 2,
  query: /[\w+-]/u,
  find: async (query) => {
    const catalogue = await loadCatalogue();
    return catalogue
      .search(query.replaceAll('_', ' '), MOST)
      .map(({ emoji, name, shortcodes }): Suggestion => ({
        key: emoji,
        lead: { kind: 'sign', sign: emoji },
        label: `:${shortcodes[0] ?? name}:`,
        note: name,
        insert: emoji,
      }));
  },
};
