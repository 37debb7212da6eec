import { describe, expect, it } from 'vitest';
import { mentionCompletion, wideMentions } from './mentions';

const ann = {
  id: 'u',
  login: 'ann',
  displayName: 'Ann',
  avatarUrl: undefined,
  owner: false,
  roles: [],
  createdAt: '',
};

describe('wide mentions', () => {
  it('are found outside of code, quotes and words', () => {
    expect(wideMentions('Hello @all and @here, @ALL!')).toEqual(['all', 'here']);
    expect(wideMentions('`@all`\n```\n@all\n```\n> @here\nmail@all @allan @all-hands')).toEqual([]);
  });
});

describe('the completion of mentions', () => {
  it('offers people, roles that can be called, and everybody', async () => {
    const source = mentionCompletion({
      people: () => Promise.resolve([ann]),
      roles: () =>
        Promise.resolve([
          { id: 'admin', displayName: 'Admin', pingable: false },
          { id: 'artists', displayName: 'Artists', pingable: true },
        ]),
    });

    const found = await source.find('a');

    expect(found.map(({ insert }) => insert)).toEqual(['@ann', '@artists', '@all']);
  });

  it('does without what cannot be asked', async () => {
    const away = (): Promise<never> => Promise.reject(new Error('away'));
    const source = mentionCompletion({ people: away, roles: away });

    expect((await source.find('he')).map(({ insert }) => insert)).toEqual(['@here']);
  });
});
