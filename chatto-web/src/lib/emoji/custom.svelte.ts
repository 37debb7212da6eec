import type { CustomEmoji, PersonalApi } from '../api/personal';
import type { LiveEvent } from '../realtime/events';

const LONGEST_DELAY_MILLIS = 2_000;

/** The emoji that people added to this server. */
export class CustomEmojiList {
  items: readonly CustomEmoji[] = $state.raw([]);
  /** Addresses of the pictures by name. */
  readonly urls: ReadonlyMap<string, string> = $derived(
    new Map(this.items.map(({ name, url }) => [name, url])),
  );
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: Pick<PersonalApi, 'customEmoji'>,
    private readonly changed: (urls: ReadonlyMap<string, string>) => void,
  ) {}

  async load(): Promise<void> {
    this.items = await this.api.customEmoji();
    this.changed(new Map(this.items.map(({ name, url }) => [name, url])));
  }

  /** Everybody hears of a change at the same time, and asks at a time of their own. */
  apply(event: LiveEvent): void {
    if (event.type !== 'emoji.changed') return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.load().catch(() => undefined);
    }, Math.random() * LONGEST_DELAY_MILLIS);
  }

  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.items = [];
  }

  /** The picture of a custom emoji written `:name:`. */
  url(emoji: string): string | undefined {
    const name = customName(emoji);
    return name === undefined ? undefined : this.urls.get(name);
  }
}

/** The name in `:name:`; undefined for any other text. */
export function customName(emoji: string): string | undefined {
  return /^:(?<name>[a-z0-9_-]{2,32}):$/u.exec(emoji)?.groups?.['name'];
}
