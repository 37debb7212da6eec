import type { NamedEmoji } from '../conversation/markdown-chips';
import { loadCatalogue, type EmojiCatalogue } from './catalogue';

/** What names between colons stand for: this server's own emoji, and the shortcodes of all others. */
export class NamesOfEmoji {
  /** Changes whenever a name may have got another meaning. */
  version = $state(0);
  private catalogue: EmojiCatalogue | undefined;
  private loading = false;
  private own: ReadonlyMap<string, string> = new Map();

  constructor(private readonly load: () => Promise<EmojiCatalogue> = loadCatalogue) {}

  /** Tells the addresses of the server's own emoji by their names. */
  setOwn(urls: ReadonlyMap<string, string>): void {
    this.own = urls;
    this.version += 1;
  }

  /** The shortcodes come from the server with the first name that is asked for; until then it is not known. */
  find(name: string): NamedEmoji | undefined {
    const url = this.own.get(name);
    if (url !== undefined) return { kind: 'image', url };
    if (this.catalogue === undefined) {
      void this.start();
      return undefined;
    }
    const text = this.catalogue.of(name)?.emoji;
    return text === undefined ? undefined : { kind: 'text', text };
  }

  private async start(): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    try {
      this.catalogue = await this.load();
      this.version += 1;
    } catch {
      // Names stay as they were typed, and the next one tries again.
      this.loading = false;
    }
  }
}
