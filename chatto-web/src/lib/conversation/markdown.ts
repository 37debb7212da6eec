import MarkdownIt from 'markdown-it';
import { chips, type ChipContext } from './markdown-chips';
import { alignment, codeBlock, limitTables } from './markdown-blocks';
import { plainText, spoiler, stamp } from './markdown-inline';
import { sanitise } from './sanitise';

/** The addresses that a link may lead to; those on this server only to rooms. */
const SAFE_ADDRESS = /^(?:https?:\/\/|mailto:|\/rooms\/)/iu;

/** CommonMark and GitHub's tables without what has no place in a message: HTML, images, rules, headings by underlining. */
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false });
markdown.disable(['image', 'hr', 'lheading']);
// "readme.md" or "main.rs" are file names far more often than links: only addresses with a scheme are made links.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
markdown.validateLink = (url) => SAFE_ADDRESS.test(url.trim());
markdown.inline.ruler.at('text', plainText);
markdown.inline.ruler.before('emphasis', 'spoiler', spoiler);
markdown.inline.ruler.before('autolink', 'stamp', stamp);
markdown.core.ruler.after('block', 'limit_tables', limitTables);
markdown.core.ruler.after('linkify', 'chips', chips);
markdown.renderer.rules['table_open'] = () => '<div class="table"><table>';
markdown.renderer.rules['table_close'] = () => '</table></div>';
markdown.renderer.rules['th_open'] = alignment;
markdown.renderer.rules['td_open'] = alignment;
markdown.renderer.rules['fence'] = codeBlock(markdown.utils.escapeHtml);
markdown.renderer.rules['code_block'] = codeBlock(markdown.utils.escapeHtml);

/** The HTML of a message's text: Markdown without raw HTML, then sanitised. */
export function renderMarkdown(body: string, context: ChipContext = {}): string {
  return sanitise(markdown.render(body, { chips: context }));
}

const ONLY_EMOJI =
  /^(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|[\u{1F3FB}-\u{1F3FF}])*\s*){1,6}$/u;
const LONGEST_EMOJI_TEXT = 60;

/** True for a message of nothing but a few emoji, which is shown large. */
export function isOnlyEmoji(body: string): boolean {
  return body.length <= LONGEST_EMOJI_TEXT && ONLY_EMOJI.test(body.trim());
}
