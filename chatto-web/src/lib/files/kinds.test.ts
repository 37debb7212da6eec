import { describe, expect, it } from 'vitest';
import { durationLabel, extensionLabel, familyOf, filesLabel, guessKind, sizeLabel } from './kinds';

const file = (name: string, kind: 'image' | 'file' = 'file') => ({ name, kind });

describe('a file', () => {
  it('has its size in a fitting unit', () => {
    expect([1, 312, 1024, 1_500_000, 25 * 1024 * 1024, 3.25 * 1024 ** 3].map(sizeLabel)).toEqual([
      '1 byte',
      '312 bytes',
      '1 KB',
      '1.4 MB',
      '25 MB',
      '3.3 GB',
    ]);
  });

  it('has its duration as players write it', () => {
    expect([7, 205, 3729].map(durationLabel)).toEqual(['0:07', '3:25', '1:02:09']);
  });

  it('is known by its ending', () => {
    expect(extensionLabel('report.final.pdf')).toBe('PDF');
    expect(extensionLabel('Makefile')).toBeUndefined();
    expect(['a.zip', 'b.csv', 'c.html', 'd', 'e.svg'].map((name) => familyOf(file(name)))).toEqual([
      'archive',
      'table',
      'code',
      'other',
      'image',
    ]);
  });

  it('is guessed to be a picture only where browsers show it as one', () => {
    const types = ['image/png', 'image/svg+xml', 'video/mp4', 'audio/ogg', 'text/html', ''];
    expect(types.map((type) => guessKind({ type }))).toEqual([
      'image',
      'file',
      'video',
      'audio',
      'file',
      'file',
    ]);
  });

  it('is named alone and counted among others', () => {
    expect(filesLabel([])).toBe('');
    expect(filesLabel([file('a.pdf')])).toBe('a.pdf');
    expect(filesLabel([file('a.png', 'image'), file('b.png', 'image')])).toBe('2 images');
    expect(filesLabel([file('a.png', 'image'), file('b.pdf')])).toBe('2 files');
  });
});
