import { describe, expect, it } from 'vitest';
import { loadCatalogue } from './catalogue';
import { sectionsOf, type Shelf } from './sections';

const shelf: Shelf = {
  catalogue: await loadCatalogue(),
  custom: [{ name: 'party_parrot', url: '/p' }],
  recent: [':party_parrot:', '👋🏽', ':gone:'],
  tone: 3,
};

describe('what the picker shows', () => {
  it('begins with what was used lately and the server’s own', () => {
    const [recent, own, ...groups] = sectionsOf(shelf, '');

    expect(recent?.choices.map((choice) => choice.emoji)).toEqual([':party_parrot:', '👋🏽']);
    expect(own?.choices).toEqual([
      { emoji: ':party_parrot:', name: 'party_parrot', code: 'party_parrot', url: '/p' },
    ]);
    expect(groups).toHaveLength(9);
  });

  it('has no empty sections', () => {
    const names = sectionsOf({ ...shelf, custom: [], recent: [], catalogue: undefined }, '');

    expect(names).toEqual([]);
  });

  it('finds own ones first, and people in the chosen tone', () => {
    const [found] = sectionsOf(shelf, 'party p');
    expect(found?.choices[0]?.emoji).toBe(':party_parrot:');
    expect(sectionsOf(shelf, ':wave:')[0]?.choices[0]?.emoji).toBe('👋🏽');
    expect(sectionsOf(shelf, 'qqqq')[0]?.name).toBe('Nothing found');
  });
});
