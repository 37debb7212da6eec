import { sanitiseCode } from './sanitise';

type Highlight = (code: string, language: string) => string | undefined;

const MOST_KEPT = 200;
const LANGUAGE = /(?:^|\s)language-(?<name>\S+)/u;

/** Colours blocks of code. What knows the languages is loaded when the first block with a language is shown. */
export class CodeColours {
  private highlight: Highlight | undefined;
  private loading: Promise<void> | undefined;
  private readonly kept = new Map<string, string>();

  constructor(
    private readonly load: () => Promise<{ highlight: Highlight }> = async () =>
      await import('./highlighter'),
  ) {}

  /** Colours the blocks of code in an element, at once where it can. Their text stays what it is. */
  apply(root: ParentNode): void {
    const blocks = [...root.querySelectorAll('code[class]')];
    if (blocks.length === 0) return;
    if (this.highlight === undefined) void this.loaded().then(() => this.colour(blocks));
    else this.colour(blocks);
  }

  private colour(blocks: readonly Element[]): void {
    for (const block of blocks) {
      const language = LANGUAGE.exec(block.className)?.groups?.['name'];
      const html = language === undefined ? undefined : this.html(block.textContent, language);
      if (html !== undefined) block.innerHTML = html;
    }
  }

  private html(code: string, language: string): string | undefined {
    const key = `${language} ${code}`;
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const marked = this.highlight?.(code, language);
    if (marked === undefined) return undefined;
    const html = sanitiseCode(marked);
    if (this.kept.size >= MOST_KEPT) this.kept.delete(this.kept.keys().next().value ?? '');
    this.kept.set(key, html);
    return html;
  }

  /** Without colours code is as readable: a failure is silent, and the next block tries again. */
  private async loaded(): Promise<void> {
    this.loading ??= this.load().then(
      ({ highlight }) => {
        this.highlight = highlight;
      },
      () => {
        this.loading = undefined;
      },
    );
    await this.loading;
  }
}
