// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { Mentions } from '../api/types';
import { isOnlyEmoji, renderMarkdown } from './markdown';

function rendered(body: string, context?: Parameters<typeof renderMarkdown>[1]): HTMLElement {
  const holder = document.createElement('div');
  holder.innerHTML = renderMarkdown(body, context);
  return holder;
}

describe('renderMarkdown', () => {
  it('renders the usual marks', () => {
    expect(renderMarkdown('**a** _b_ `c` ~~d~~')).toBe(
      '<p><strong>a</strong> <em>b</em> <code>c</code> <s>d</s></p>\n',
    );
    expect(renderMarkdown('a\nb')).toContain('<br>');
    expect(renderMarkdown('# a\n> b\n1. c\n- d')).toMatch(/<h1>a.*<blockquote>.*<ol>.*<ul>/su);
  });

  it('makes no headings by underlining, no rules and no pictures', () => {
    expect(
      rendered('a\n---\n\n---\n\n![b](https://example.com/c.png)').querySelector('h2, hr, img'),
    ).toBeNull();
  });

  it('opens links elsewhere and makes none of file names', () => {
    expect(renderMarkdown('https://example.com/x')).toContain('rel="noopener noreferrer nofollow"');
    expect(renderMarkdown('see readme.md')).not.toContain('<a');
  });

  it('tells where a link leads that looks like another', () => {
    const link = rendered('[https://bank.example](https://evil.example/)').querySelector('a');

    expect(link?.title).toBe('https://evil.example/');
  });

  it('keeps links to rooms in the page and follows no other path of this server', () => {
    expect(rendered('[there](/rooms/r1/5)').querySelector('a')?.target).toBe('');
    expect(rendered(`${location.origin}/rooms/r1`).querySelector('a')?.target).toBe('');
    expect(rendered('[x](/api/v1/me) [y](/\\evil.example)').querySelector('a')).toBeNull();
  });
});

describe('tables', () => {
  const table = (columns: number, rows: number): string =>
    [
      '|a'.repeat(columns),
      '|-'.repeat(columns),
      ...Array.from({ length: rows - 1 }, () => '|1'.repeat(columns)),
    ].join('\n');

  it('align their columns by class', () => {
    expect(renderMarkdown('|a|b|\n|:-:|-:|\n|1|2|')).toContain('<td class="center">1</td>');
    expect(renderMarkdown('|a|\n|-|')).toContain('<div class="table"><table>');
  });

  it('are drawn up to their limits', () => {
    expect(rendered(table(64, 3)).querySelectorAll('th')).toHaveLength(64);
    expect(rendered(table(2, 256)).querySelectorAll('tr')).toHaveLength(256);
  });

  it.each([
    [65, 2],
    [2, 257],
    [64, 65],
  ])('of %i columns and %i rows are shown as they were written', (columns, rows) => {
    const holder = rendered(`${table(columns, rows)}\n\nbehind`);

    expect(holder.querySelector('table')).toBeNull();
    expect(holder.querySelector('pre')?.textContent).toContain('|a|a');
    expect(holder.textContent).toContain('behind');
  });

  it('count together', () => {
    const holder = rendered([table(64, 64), table(64, 64), table(2, 2)].join('\n\n'));

    expect(holder.querySelectorAll('table')).toHaveLength(2);
  });
});

describe('code', () => {
  it('says its language and can be copied', () => {
    const block = rendered('```ts\nlet a = 1;\n```').querySelector('.code');

    expect(block?.querySelector('.language')?.textContent).toBe('TypeScript');
    expect(block?.querySelector('code.language-ts')?.textContent).toBe('let a = 1;\n');
    expect(block?.querySelector('button')?.getAttribute('aria-label')).toBe('Copy code');
  });

  it('of no language has no label', () => {
    expect(rendered('```\na\n```').querySelector('.language')).toBeNull();
  });
});

describe('spoilers', () => {
  it('hide what stands between bars', () => {
    const hidden = rendered('it is ||the **butler**||!').querySelector('.spoiler');

    expect(hidden?.getAttribute('role')).toBe('button');
    expect(hidden?.innerHTML).toBe('<span>the <strong>butler</strong></span>');
  });

  it('are not made of the "or" of programmers, of code or of bars alone', () => {
    for (const text of ['a || b || c', '`||a||`', '||||', '||a', '|a|', '||a `||`'])
      expect(rendered(text).querySelector('.spoiler')).toBeNull();
  });

  it('stay apart from emphasis that crosses them', () => {
    expect(renderMarkdown('**a ||b** c||')).toContain('<span>b** c</span>');
  });
});

describe('times', () => {
  it('are told in every style', () => {
    for (const style of ['', ':t', ':T', ':d', ':D', ':f', ':F', ':R']) {
      const time = rendered(`at <t:1700000000${style}>`).querySelector('time');

      expect(time?.dateTime).toBe('2023-11-14T22:13:20.000Z');
      expect(time?.textContent).not.toBe('');
    }
    expect(rendered('<t:0:R>').querySelector('time')?.className).toBe('stamp relative');
  });

  it('that do not exist stay text', () => {
    for (const text of ['<t:99999999999999>', '<t:9000000000000>', '<t:1:x>', '<t:>', '`<t:1>`'])
      expect(rendered(text).querySelector('time')).toBeNull();
  });
});

describe('mentions', () => {
  const mentions: Mentions = {
    users: [{ id: 'u1', login: 'ada', displayName: 'Ada "A" <Moreau>' }],
    roles: [{ id: 'moderator', displayName: 'Moderators' }],
    here: false,
    all: true,
  };
  const chipsOf = (body: string): (string | null)[] =>
    [...rendered(body, { mentions, viewer: { id: 'u1', roles: [] } }).querySelectorAll('.mention')].map(
      (chip) => chip.textContent,
    );

  it('are chips where the server found somebody', () => {
    expect(chipsOf('hi @ada, @Ada. (@moderator) @all @here @nobody')).toEqual([
      '@ada',
      '@Ada',
      '@moderator',
      '@all',
    ]);
  });

  it('stay text in code, quotes, links and addresses', () => {
    expect(
      chipsOf('`@ada`\n\n> @ada\n\n[@ada](https://a.example/@ada) https://a.example/@ada x@ada'),
    ).toEqual([]);
  });

  it('stand out for whom they call', () => {
    const own = rendered('@ada @moderator', { mentions, viewer: { id: 'u1', roles: [] } });

    expect([...own.querySelectorAll('.own')].map((chip) => chip.textContent)).toEqual(['@ada']);
    expect(own.querySelector('.own')?.getAttribute('title')).toBe('Ada "A" <Moreau>');
  });
});

describe('named emoji', () => {
  const emoji = (name: string) =>
    name === 'tada'
      ? ({ kind: 'text', text: '🎉' } as const)
      : name === 'parrot'
        ? ({ kind: 'image', url: '/api/v1/emoji/parrot/image' } as const)
        : undefined;

  it('are characters or pictures of this server', () => {
    const holder = rendered('go :tada: :parrot: :unknown: 10:30:20 `:tada:`', { emoji });

    expect(holder.textContent).toContain('go 🎉');
    expect(holder.textContent).toContain(':unknown: 10:30:20 :tada:');
    expect(holder.querySelector('img')?.getAttribute('alt')).toBe(':parrot:');
  });

  it('are no pictures from elsewhere', () => {
    const elsewhere = () => ({ kind: 'image', url: 'https://evil.example/x.png' }) as const;

    expect(rendered(':x1:', { emoji: elsewhere }).querySelector('img')).toBeNull();
  });
});

describe('hostile text', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](java\tscript:alert(1))',
    '[x]( javascript:alert(1))',
    '[x](vbscript:msgbox(1))',
    '[x](data:text/html;base64,AAAA)',
    '[x](//evil.example)',
    '[x](\\\\evil.example)',
    '<javascript:alert(1)>',
    '![x](https://example.com/track.png)',
    '<style>*{display:none}</style>',
    '```" onmouseover="alert(1)\nx\n```',
    '```x"><img/src=x/onerror=alert(1)>\nx\n```',
    '||<img src=x onerror=alert(1)>||',
    '<t:1:"onclick=alert(1)>',
    '[a]: javascript:alert(1)\n\n[a]',
  ])('lets nothing live through: %s', (body) => {
    const holder = rendered(body);

    expect(
      holder.querySelector('script, img, style, svg, iframe, [onerror], [onload], [onmouseover]'),
    ).toBeNull();
    for (const link of holder.querySelectorAll('a'))
      expect(link.getAttribute('href')).toMatch(/^(?:https?:|\/rooms\/)/u);
    for (const element of holder.querySelectorAll('*'))
      for (const { name } of element.attributes) expect(name).not.toMatch(/^(?:on|style)/u);
  });

  it.each([
    ['emphasis', '*a _b '.repeat(1_600)],
    ['brackets', '['.repeat(10_000)],
    ['links', '[a]('.repeat(2_500)],
    ['quotes', '>'.repeat(10_000)],
    ['spoilers', '||a'.repeat(3_300)],
    ['open spoilers', '||a '.repeat(2_500)],
    ['backticks', Array.from({ length: 140 }, (_, size) => '`'.repeat(size)).join(' ')],
    ['mentions', '@a.'.repeat(3_300)],
    ['emoji', ':a'.repeat(5_000)],
    ['times', '<t:1:'.repeat(2_000)],
  ])('comes to an end with the longest text of %s', (_, body) => {
    // A rule whose time grows with the square of the length would take minutes, and the test runner's patience ends before.
    const html = renderMarkdown(body, {
      mentions: { users: [{ id: 'u', login: 'a', displayName: 'A' }], roles: [], here: false, all: false },
      emoji: () => undefined,
    });

    expect(html).not.toBe('');
  });
});

describe('isOnlyEmoji', () => {
  it('is true for a few emoji and nothing else', () => {
    expect(['🎉', '🎉🎉 ❤️', '👩‍💻'].every(isOnlyEmoji)).toBe(true);
    expect(['', 'hi 🎉', '12', '🎉'.repeat(20)].some(isOnlyEmoji)).toBe(false);
  });
});
