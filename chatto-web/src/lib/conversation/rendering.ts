import type { Message } from '../api/types';
import type { Hours } from '../support/time';
import type { ChipContext, NamedEmoji } from './markdown-chips';
import { isOnlyEmoji, renderMarkdown } from './markdown';

/** Names of emoji between colons. */
export interface EmojiNames {
  /** Changes, as a view can notice, whenever a name may have got another meaning. */
  readonly version: number;
  find(name: string): NamedEmoji | undefined;
}

const MOST_CHARACTERS = 4_000_000;
/** A longer text is more than a few emoji, even by their names. */
const LONGEST_EMOJI_NAMES = 400;
const EMOJI_NAME = /:([a-z0-9_+-]{1,64}):/gu;

/**
 * Turns texts into HTML and keeps what was made, the most recently used up to a number of characters: scrolling back and forth renders
 * nothing again.
 */
export class TextRendering {
  private readonly kept = new Map<string, string>();
  private keptCharacters = 0;
  private keptFor = '';

  constructor(
    private readonly viewer: () => ChipContext['viewer'],
    private readonly emoji: EmojiNames,
    private readonly hours: () => Hours = () => 'auto',
  ) {}

  /** A posted message; its mentions are chips. */
  message(message: Message): string {
    return this.html(`m ${message.id} ${message.editedAt ?? ''}`, message.body, message.mentions);
  }

  /** A text of which nothing is known but its words. */
  text(body: string): string {
    return this.html(`t ${body}`, body, undefined);
  }

  /** Whether a text looks different from how it was typed. */
  isFormatted(body: string): boolean {
    return /<(?!\/?p>|br>)/u.test(this.text(body)) || this.emojiIn(body) !== body;
  }

  /** Whether a text is a few emoji and nothing else. */
  isOnlyEmoji(body: string): boolean {
    return body.length <= LONGEST_EMOJI_NAMES && isOnlyEmoji(this.emojiIn(body));
  }

  /** The text with a character in the place of every named emoji. */
  private emojiIn(body: string): string {
    void this.emoji.version;
    return body.replaceAll(EMOJI_NAME, (whole, name: string) =>
      this.emoji.find(name) === undefined ? whole : '🙂',
    );
  }

  private html(key: string, body: string, mentions: ChipContext['mentions']): string {
    const viewer = this.viewer();
    const hours = this.hours();
    this.forgetUnless(`${viewer?.id ?? ''} ${viewer?.roles.join() ?? ''} ${this.emoji.version} ${hours}`);
    const known = this.kept.get(key);
    if (known !== undefined) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known;
    }
    const html = renderMarkdown(body, { mentions, viewer, hours, emoji: (name) => this.emoji.find(name) });
    this.kept.set(key, html);
    this.keptCharacters += key.length + html.length;
    this.forgetOldest();
    return html;
  }

  private forgetOldest(): void {
    for (const [key, html] of this.kept) {
      if (this.keptCharacters <= MOST_CHARACTERS) return;
      this.kept.delete(key);
      this.keptCharacters -= key.length + html.length;
    }
  }

  private forgetUnless(state: string): void {
    if (state === this.keptFor) return;
    this.keptFor = state;
    this.kept.clear();
    this.keptCharacters = 0;
  }
}
