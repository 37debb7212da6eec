import { describe, expect, it } from 'vitest';
import { ServerClock } from './clock';
import { AVATAR_HUES, characterCount, hueOf, initials, listNames } from './names';
import { parseRoute } from './router.svelte';
import { BrowserStorage } from './storage';
import { clockTime, dayKey, dayLabel, fullTime, relativeTime } from './time';
import { Uuid7 } from './uuid7';

describe('Uuid7', () => {
  it('carries the time, the version and the variant', () => {
    const key = new Uuid7(() => 0x0192_3456_789a).next();

    expect(key).toMatch(/^01923456-789a-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
  });

  it('increases while the clock stands still or runs backwards', () => {
    let now = 1000;
    const keys = new Uuid7(() => now);
    const made = Array.from({ length: 10_000 }, () => keys.next());
    now = 1;
    made.push(keys.next());

    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
  });
});

describe('ServerClock', () => {
  it('follows the server, whatever the local clock says', () => {
    const clock = new ServerClock(() => 5_000);
    clock.adjust(new Date(100_000).toISOString(), 4_000, 6_000);

    expect(clock.now()).toBe(100_000);
    clock.adjust('nonsense', 0, 0);
    expect(clock.now()).toBe(100_000);
  });
});

describe('names', () => {
  it('shorten to initials', () => {
    expect(['Ada Moreau', 'ben', 'élise de la Tour', '', 'x_y'].map(initials)).toEqual([
      'AM',
      'B',
      'ÉT',
      '?',
      'XY',
    ]);
  });

  it('get a stable colour', () => {
    expect(hueOf('u1')).toBe(hueOf('u1'));
    expect(new Set(Array.from({ length: 200 }, (_, index) => hueOf(`u${index}`))).size).toBe(AVATAR_HUES);
  });

  it('are listed with the rest counted', () => {
    expect(listNames(['Ann'])).toBe('Ann');
    expect(listNames(['Ann', 'Ben'])).toBe('Ann and Ben');
    expect(listNames(['Ann', 'Ben', 'Cy'])).toBe('Ann, Ben and 1 other');
  });

  it('are counted in code points', () => {
    expect(characterCount('a😀b')).toBe(3);
  });
});

describe('parseRoute', () => {
  const route = (path: string) => parseRoute(new URL(path, 'http://chat.example'));

  it('knows the pages', () => {
    expect(route('/')).toEqual({ name: 'home' });
    expect(route('/rooms/r1')).toEqual({ name: 'room', roomId: 'r1', ordinal: undefined, thread: undefined });
    expect(route('/rooms/r1/42?thread=7')).toEqual({ name: 'room', roomId: 'r1', ordinal: 42, thread: 7 });
    expect(route('/setup#secret')).toEqual({ name: 'setup', token: 'secret' });
  });

  it('refuses everything else', () => {
    for (const path of ['/rooms', '/rooms/a/b', '/rooms/a/1/2', '/sign-in/x', '/elsewhere']) {
      expect(route(path).name).toBe('not-found');
    }
  });
});

describe('times', () => {
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();

  it('name days as people do', () => {
    expect(dayLabel(at(23, 0), at(23, 23))).toBe('Today');
    expect(dayLabel(at(22, 23), at(23, 0))).toBe('Yesterday');
    expect(dayLabel(new Date(2024, 0, 5).getTime(), at(23, 0))).toContain('2024');
    expect(dayKey(at(3, 1))).toBe('2026-11-03');
  });

  it('count hours as the reader chose', () => {
    expect(clockTime(at(23, 15), '24h')).toBe('15:00');
    expect(clockTime(at(23, 15), '12h')).toMatch(/^3:00/u);
    expect(fullTime(at(23, 15), '24h')).toMatch(/2026.*15:00/u);
    expect(fullTime(at(23, 15), '12h')).toMatch(/2026.*3:00/u);
  });

  it('are relative for a week', () => {
    const now = at(23, 12);
    expect(relativeTime(now - 20_000, now)).toBe('just now');
    expect(relativeTime(now - 5 * 60_000, now)).toMatch(/5 minutes ago/u);
    expect(relativeTime(now - 10 * 86_400_000, now)).toContain('2026');
  });
});

describe('BrowserStorage', () => {
  it('keeps values in memory where the browser refuses', () => {
    const storage = new BrowserStorage(() => {
      throw new Error('forbidden');
    });
    storage.set('a.1', 'x');

    expect(storage.get('a.1')).toBe('x');
    expect(storage.keys('a.')).toEqual(['a.1']);
    storage.remove('a.1');
    expect(storage.get('a.1')).toBeUndefined();
  });
});
