import { describe, expect, it } from 'vitest';
import { changeOf, choiceOf, countdown, slowModeLabel } from './options';

describe('the options of a room', () => {
  const open = choiceOf(undefined, 'G1');

  it('begin as an open room in the first group', () => {
    expect(open).toEqual({ groupId: 'G1', who: 'open', slowModeSeconds: 0 });
  });

  it('tell the server of nothing but what was changed', () => {
    expect(changeOf(open, { ...open })).toEqual({});
    expect(changeOf(open, { ...open, who: 'private' })).toEqual({ private: true });
    expect(changeOf(open, { ...open, who: 'universal', groupId: 'G2' })).toEqual({
      ...{ groupId: 'G2', private: false, universal: true },
    });
    expect(changeOf({ ...open, who: 'universal' }, { ...open, who: 'private' })).toEqual({
      ...{ private: true, universal: false },
    });
    expect(changeOf(open, { ...open, slowModeSeconds: 30 })).toEqual({ slowModeSeconds: 30 });
  });

  it('name times as people say them', () => {
    expect([0, 5, 60, 120, 3_600, 21_600].map(slowModeLabel)).toEqual([
      ...['Off', '5 seconds', '1 minute', '2 minutes', '1 hour', '6 hours'],
    ]);
  });

  it('count down to nothing', () => {
    expect([0, -5, 400, 65_000, 3_605_000].map(countdown)).toEqual([
      ...[undefined, undefined, '0:01', '1:05', '1:00:05'],
    ]);
  });
});
