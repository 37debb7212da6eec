import createDOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false });
markdown.disable(['image', 'hr']);
// "readme.md" or "main.rs" are file names far more often than links: only addresses with a scheme are made links.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
markdown.validateLink = (url) => /^(?:https?:|mailto:|\/(?!\/))/iu.test(url.trim());
markdown.renderer.rules['table_open'] = () => '<div class="table"><table>';
markdown.renderer.rules['table_close'] = () => '</table></div>';

const purifier = createDOMPurify(window);
purifier.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName === 'A' && !node.getAttribute('href')?.startsWith('/')) {
    node.setAttribute('target', '_blank');
    node.setAttribute('rel', 'noopener noreferrer nofollow');
  }
});

const ALLOWED = {
  ALLOWED_TAGS: [
    ...['p', 'br', 'em', 'strong', 's', 'a', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li'],
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'div'],
  ],
  ALLOWED_ATTR: ['href', 'class', 'start'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};

const MOST_CACHED = 400;
const cache = new Map<string, string>();

/** The HTML of a message: Markdown without raw HTML, then sanitised. The last few hundred results are kept. */
export function renderMarkdown(body: string): string {
  const known = cache.get(body);
  if (known !== undefined) return known;
  const html = purifier.sanitize(markdown.render(body), ALLOWED);
  if (cache.size >= MOST_CACHED) cache.delete(cache.keys().next().value ?? '');
  cache.set(body, html);
  return html;
}

const ONLY_EMOJI =
  /^(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|[\u{1F3FB}-\u{1F3FF}])*\s*){1,6}$/u;

/** True for a message of nothing but a few emoji, which is shown large. */
export function isOnlyEmoji(body: string): boolean {
  return body.length <= 60 && ONLY_EMOJI.test(body.trim());
}
