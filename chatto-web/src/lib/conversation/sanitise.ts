import createDOMPurify from 'dompurify';

/** Where the pictures of this server's own emoji come from; no other picture is shown in a text. */
const EMOJI_PATH = '/api/v1/emoji/';

const CLASSES = new Set([
  ...['table', 'center', 'right', 'code', 'language', 'copy', 'spoiler', 'stamp', 'relative'],
  ...['mention', 'own', 'emoji'],
]);
const LANGUAGE_CLASS = /^language-[\w+#.-]{1,32}$/u;

const ALLOWED = {
  ALLOWED_TAGS: [
    ...['p', 'br', 'em', 'strong', 's', 'a', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li'],
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'div'],
    ...['span', 'time', 'button', 'img'],
  ],
  ALLOWED_ATTR: [
    ...['href', 'class', 'start', 'title', 'datetime', 'role', 'tabindex', 'aria-label', 'type'],
    ...['src', 'alt'],
  ],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};

const ALLOWED_IN_CODE = {
  ALLOWED_TAGS: ['span'],
  ALLOWED_ATTR: ['class'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};

const codePurifier = createDOMPurify(window);
const purifier = createDOMPurify(window);
purifier.addHook('uponSanitizeAttribute', (_node, attribute) => {
  if (attribute.attrName !== 'class') return;
  const names = attribute.attrValue.split(/\s+/u);
  attribute.attrValue = names.filter((name) => CLASSES.has(name) || LANGUAGE_CLASS.test(name)).join(' ');
});
purifier.addHook('afterSanitizeAttributes', (node) => {
  if (node instanceof HTMLAnchorElement) secureLink(node);
  if (node.tagName === 'IMG' && !node.getAttribute('src')?.startsWith(EMOJI_PATH)) node.remove();
});

/** A link within this server stays in the page; every other opens a page of its own that learns nothing of this one. */
function secureLink(link: HTMLAnchorElement): void {
  const address = link.getAttribute('href');
  if (address === null || (link.origin === location.origin && link.pathname.startsWith('/rooms/'))) return;
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer nofollow');
  // A text may claim to lead elsewhere than it does.
  if (link.textContent !== address) link.setAttribute('title', address);
}

/** Lets only through what the renderer makes. Nothing else should be there; this is the second lock on the same door. */
export function sanitise(html: string): string {
  return purifier.sanitize(html, ALLOWED);
}

/** The same for what colours code: text and spans with the highlighter's own classes. */
export function sanitiseCode(html: string): string {
  return codePurifier.sanitize(html, ALLOWED_IN_CODE);
}
