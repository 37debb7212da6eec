import { describe, expect, it } from 'vitest';
import { admit } from './admission';

const limits = { maxUploadBytes: 1024, maxVideoBytes: 4096, maxAttachments: 3 };
const file = (name: string, size: number, type = '') => new File([new Uint8Array(size)], name, { type });

describe('files that are chosen', () => {
  it('are taken as they are within the limits', () => {
    const files = [file('a', 1024), file('b.mp4', 4096, 'video/mp4')];

    expect(admit(files, 1, limits)).toEqual({ accepted: files, notices: [] });
  });

  it('are left out with the limit named when they are too large', () => {
    const { accepted, notices } = admit([file('a.iso', 1025), file('b.mp4', 4097, 'video/mp4')], 0, limits);

    expect(accepted).toEqual([]);
    expect(notices).toEqual([
      '“a.iso” is too large: 1.0 KB, and a file may have 1 KB.',
      '“b.mp4” is too large: 4.0 KB, and a video may have 4 KB.',
    ]);
  });

  it('are left out when there is nothing in them', () => {
    expect(admit([file('a.txt', 0)], 0, limits).notices).toEqual(['“a.txt” is empty.']);
  });

  it('are as many as a message carries', () => {
    const { accepted, notices } = admit(
      ['a', 'b', 'c'].map((name) => file(name, 1)),
      2,
      limits,
    );

    expect(accepted.map(({ name }) => name)).toEqual(['a']);
    expect(notices).toEqual([
      'A message carries 3 files at most; 2 were left out. Send these first, then the others.',
    ]);
  });
});
