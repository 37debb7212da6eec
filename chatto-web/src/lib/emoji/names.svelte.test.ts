import { describe, expect, it } from 'vitest';
import { EmojiCatalogue } from './catalogue';
import { NamesOfEmoji } from './names.svelte';

const catalogue = new EmojiCatalogue([['🎉', 'party popper', ['tada'], '', 6, false]]);
const settled = async (): Promise<void> => await new Promise((resolve) => setTimeout(resolve));

describe('NamesOfEmoji', () => {
  it('learns shortcodes when the first name is asked for', async () => {
    const names = new NamesOfEmoji(() => Promise.resolve(catalogue));

    expect(names.find('tada')).toBeUndefined();
    await settled();

    expect(names.version).toBe(1);
    expect(names.find('tada')).toEqual({ kind: 'text', text: '🎉' });
    expect(names.find('parrot')).toBeUndefined();
  });

  it('prefers nothing to the own emoji of the server', () => {
    const names = new NamesOfEmoji(() => Promise.reject(new Error('away')));
    names.setOwn(new Map([['parrot', '/api/v1/emoji/parrot/image']]));

    expect(names.find('parrot')).toEqual({ kind: 'image', url: '/api/v1/emoji/parrot/image' });
  });

  it('tries again after a failure', async () => {
    let away = true;
    const names = new NamesOfEmoji(() =>
      away ? Promise.reject(new Error('away')) : Promise.resolve(catalogue),
    );
    names.find('tada');
    await settled();
    away = false;
    names.find('tada');
    await settled();

    expect(names.find('tada')).toEqual({ kind: 'text', text: '🎉' });
  });
});
