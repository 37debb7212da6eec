// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { Hours } from '../support/time';
import { CodeColours } from './code-colours';
import { ada, message } from './fixtures';
import { highlight } from './highlighter';
import { TextRendering, type EmojiNames } from './rendering';

const NO_EMOJI: EmojiNames = { version: 0, find: () => undefined };
const mentions = { users: [ada], roles: [], here: false, all: false };

describe('TextRendering', () => {
  it('renders a message again only when it was edited', () => {
    let asked = 0;
    const rendering = new TextRendering(() => undefined, {
      version: 0,
      find: () => {
        asked += 1;
        return undefined;
      },
    });
    const posted = message(1, { body: ':one:' });

    rendering.message(posted);
    rendering.message({ ...posted, reactions: [{ emoji: '👍', count: 1, mine: true }] });
    expect(asked).toBe(1);

    const edited = { ...posted, body: ':two:', editedAt: '2026-01-01T12:05:00.000Z' };
    expect(rendering.message(edited)).toContain(':two:');
    expect(asked).toBe(2);
  });

  it('renders for whoever reads', () => {
    let id = ada.id;
    const rendering = new TextRendering(() => ({ id, roles: [] }), NO_EMOJI);
    const posted = message(1, { body: '@ada', mentions });

    expect(rendering.message(posted)).toContain('mention own');
    id = 'u-ben';
    expect(rendering.message(posted)).not.toContain('mention own');
  });

  it('takes up new names of emoji', () => {
    const emoji = {
      version: 0,
      known: false,
      find: () => undefined as { kind: 'text'; text: string } | undefined,
    };
    const rendering = new TextRendering(() => undefined, emoji);
    expect(rendering.text(':tada:')).toContain(':tada:');

    emoji.find = () => ({ kind: 'text', text: '🎉' });
    emoji.version = 1;

    expect(rendering.text(':tada:')).toContain('🎉');
    expect(rendering.isOnlyEmoji(':tada: :tada:')).toBe(true);
  });

  it('writes moments anew when the reader counts hours differently', () => {
    let hours: Hours = '24h';
    const rendering = new TextRendering(
      () => undefined,
      NO_EMOJI,
      () => hours,
    );
    const noon = Math.trunc(new Date(2026, 0, 5, 13, 30).getTime() / 1000);

    expect(rendering.text(`<t:${noon}:t>`)).toContain('13:30');
    hours = '12h';
    expect(rendering.text(`<t:${noon}:t>`)).toMatch(/>1:30/u);
  });

  it('forgets what was used longest ago', () => {
    let rendered = 0;
    const rendering = new TextRendering(() => undefined, {
      version: 0,
      find: () => {
        rendered += 1;
        return undefined;
      },
    });
    const long = (ordinal: number) => message(ordinal, { body: `:x:${'a'.repeat(9_000)}` });
    for (let ordinal = 0; ordinal < 600; ordinal += 1) rendering.message(long(ordinal));
    rendered = 0;

    rendering.message(long(599));
    expect(rendered).toBe(0);
    rendering.message(long(0));
    expect(rendered).toBe(1);
  });
});

describe('CodeColours', () => {
  const block = (language: string, code: string): HTMLElement => {
    const holder = document.createElement('div');
    const element = document.createElement('code');
    element.className = `language-${language}`;
    element.textContent = code;
    holder.append(element);
    return holder;
  };

  it('colours known languages and leaves the text as it is', async () => {
    const colours = new CodeColours(() => Promise.resolve({ highlight }));
    const holder = block('js', 'const a = "<b>";');

    colours.apply(holder);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();

    expect(holder.querySelector('.hljs-keyword')?.textContent).toBe('const');
    expect(holder.textContent).toBe('const a = "<b>";');
    const again = block('js', 'const a = "<b>";');
    colours.apply(again);
    expect(again.querySelector('.hljs-keyword')).not.toBeNull();
  });

  it('loads nothing without code, and stays plain where nothing is known or can be loaded', async () => {
    let loads = 0;
    const colours = new CodeColours(() => {
      loads += 1;
      return Promise.reject(new Error('gone'));
    });

    colours.apply(document.createElement('div'));
    expect(loads).toBe(0);
    const holder = block('js', 'let a');
    colours.apply(holder);
    await new Promise((resolve) => setTimeout(resolve));
    expect(holder.innerHTML).toContain('let a');

    expect(highlight('a', 'klingon')).toBeUndefined();
  });
});
