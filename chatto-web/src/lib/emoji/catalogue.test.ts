import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadCatalogue, toned } from './catalogue';

const catalogue = await loadCatalogue();

function first(query: string): string | undefined {
  return catalogue.search(query, 5)[0]?.emoji;
}

describe('the catalogue of emoji', () => {
  it('holds all emoji, each in a group that is shown', () => {
    const shown = catalogue.groups.flatMap((group) => group.emoji);

    expect(shown.length).toBeGreaterThan(1_800);
    expect(new Set(shown.map((entry) => entry.emoji)).size).toBe(shown.length);
    expect(shown.filter((entry) => entry.shortcodes.length === 0)).toEqual([]);
  });

  it('finds by shortcode, by name and by what people call it', () => {
    expect(catalogue.of('tada')?.emoji).toBe('🎉');
    expect(first('+1')).toBe('👍');
    expect(first('smile')).toBe('😄');
    expect(first('wav')).toBe('👋');
    expect(first('hello')).toBeDefined();
    expect(first('thumbs up')).toBe('👍');
    expect(first('Österreich')).toBeUndefined();
    expect(first('drapeau')).toBeUndefined();
  });

  it('writes each in its one recommended form', () => {
    expect(catalogue.of('+1')?.emoji).toBe('\u{1F44D}');
    expect(catalogue.of('heart')?.emoji).toBe('\u2764\uFE0F');
  });

  it('has the shortcodes that the server gives to no custom emoji', () => {
    const list = '../chatto-core/src/main/resources/chat/chatto/core/emoji/shortcodes.txt';
    const codes = catalogue.groups.flatMap((group) => group.emoji.flatMap((entry) => entry.shortcodes));

    expect(readFileSync(list, 'utf8').trim().split('\n')).toEqual([...new Set(codes)].sort());
  });

  it('knows an emoji in every tone and form', () => {
    expect(catalogue.find('👋🏽')?.name).toBe('waving hand');
    expect(catalogue.find('❤')?.name).toBe('red heart');
    expect(catalogue.find('❤️')?.name).toBe('red heart');
    expect(catalogue.find('x')).toBeUndefined();
  });
});

describe('a skin tone', () => {
  it('follows every person and hand', () => {
    const wave = catalogue.of('wave');
    const surfer = catalogue.of('surfing_woman');
    const tada = catalogue.of('tada');
    if (wave === undefined || surfer === undefined || tada === undefined) throw new Error('not there');

    expect(toned(wave, 3)).toBe('👋🏽');
    expect(toned(surfer, 5)).toBe('🏄🏿‍♀️');
    expect(toned(tada, 3)).toBe('🎉');
    expect(toned(wave, 0)).toBe('👋');
  });
});
