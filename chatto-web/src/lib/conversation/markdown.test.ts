// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { isOnlyEmoji, renderMarkdown } from './markdown';

describe('renderMarkdown', () => {
  it('renders the usual marks', () => {
    expect(renderMarkdown('**a** _b_ `c`')).toBe('<p><strong>a</strong> <em>b</em> <code>c</code></p>\n');
    expect(renderMarkdown('a\nb')).toContain('<br>');
    expect(renderMarkdown('|a|b|\n|-|-|\n|1|2|')).toContain('<div class="table"><table>');
  });

  it('opens links elsewhere and makes none of file names', () => {
    expect(renderMarkdown('https://example.com/x')).toContain('rel="noopener noreferrer nofollow"');
    expect(renderMarkdown('see readme.md')).not.toContain('<a');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](data:text/html;base64,AAAA)',
    '[x](//evil.example)',
    '![x](https://example.com/track.png)',
    '<style>*{display:none}</style>',
  ])('lets nothing live through: %s', (body) => {
    const holder = document.createElement('div');
    holder.innerHTML = renderMarkdown(body);

    expect(holder.querySelector('script, img, style, [onerror], [style]')).toBeNull();
    for (const link of holder.querySelectorAll('a')) expect(link.getAttribute('href')).toMatch(/^https?:/u);
  });
});

describe('isOnlyEmoji', () => {
  it('is true for a few emoji and nothing else', () => {
    expect(['🎉', '🎉🎉 ❤️', '👩‍💻'].every(isOnlyEmoji)).toBe(true);
    expect(['', 'hi 🎉', '12', '🎉'.repeat(20)].some(isOnlyEmoji)).toBe(false);
  });
});
