import { describe, expect, it } from 'vitest';
import type { Group } from '../api/types';
import { BrowserStorage } from '../support/storage';
import { Groups } from './groups.svelte';

const lobby: Group = { id: 'G1', name: 'Lobby', description: '', position: 0, links: [] };

function make(storage = new BrowserStorage(() => sessionStorage)): Groups {
  return new Groups(
    {
      groups: () => Promise.resolve([lobby]),
      createGroup: () => Promise.reject(new Error('not asked for')),
      updateGroup: () => Promise.reject(new Error('not asked for')),
      deleteGroup: () => Promise.resolve(),
    },
    storage,
  );
}

describe('Groups', () => {
  it('shows what the server tells of, without asking again', async () => {
    const groups = make();
    await groups.load();

    groups.apply({ type: 'groups.changed', groups: [{ ...lobby, name: 'Hall' }] });

    expect(groups.all.map((group) => group.name)).toEqual(['Hall']);
  });

  it('remembers on the device what is folded', () => {
    const storage = new BrowserStorage(() => sessionStorage);
    make(storage).fold('G1', true);

    expect(make(storage).isFolded('G1')).toBe(true);

    make(storage).fold('G1', false);
    expect(make(storage).isFolded('G1')).toBe(false);
  });
});
