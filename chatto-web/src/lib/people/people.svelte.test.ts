import { describe, expect, it } from 'vitest';
import type { User } from '../api/types';
import { People } from './people.svelte';

const ann = {
  id: 'U1',
  login: 'ann',
  displayName: 'Ann',
  avatarUrl: undefined,
  status: undefined,
} as const;

describe('people', () => {
  it('are shown as they are now', () => {
    const people = new People(() => 0);
    const user = { ...ann, displayName: 'Ann B.', owner: false, createdAt: '' } as User;

    people.apply({ type: 'user.updated', user });

    expect(people.latest(ann).displayName).toBe('Ann B.');
    expect(people.latest({ ...ann, id: 'U2' }).displayName).toBe('Ann');
  });

  it('tell their status until it is over', () => {
    let now = 0;
    const people = new People(() => now);
    const status = { emoji: '🚌', text: 'Commuting', expiresAt: '1970-01-01T00:00:10.000Z' };

    expect(people.status({ ...ann, status })).toEqual(status);
    now = 10_000;
    expect(people.status({ ...ann, status })).toBeUndefined();
    expect(people.status(ann)).toBeUndefined();
  });
});
