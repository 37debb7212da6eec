import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = import.meta.dirname;
const SOURCE = /\.(?:ts|svelte)$/u;
const IMPORT = /^(?:import|export)\b[^;]*?from '(?<path>\.[^']*)'/gmu;

function sources(): string[] {
  return readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((path) => SOURCE.test(path))
    .map((path) => join(ROOT, path));
}

function importsOf(file: string): string[] {
  const script = readFileSync(file, 'utf8').replaceAll(/^ {2}(?=import|\S)/gmu, '');
  return [...script.matchAll(IMPORT)]
    .map((match) => resolve(dirname(file), match.groups?.['path'] ?? ''))
    .map((path) => [path, `${path}.ts`].find((candidate) => SOURCE.test(candidate) && existsSync(candidate)))
    .filter((path) => path !== undefined);
}

/** The first chain of imports that comes back to its beginning, if there is one. */
function findCycle(graph: ReadonlyMap<string, string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...path, file]);
      if (cycle !== undefined) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

describe('the modules', () => {
  it('import each other without cycles', () => {
    const graph = new Map(sources().map((file) => [file, importsOf(file)]));

    expect(graph.get(join(ROOT, 'App.svelte'))).toContain(join(ROOT, 'lib/app/services.ts'));
    expect(findCycle(graph)).toBeUndefined();
    expect(
      findCycle(
        new Map([...graph, [join(ROOT, 'lib/api/decode.ts'), [join(ROOT, 'lib/api/attachments.ts')]]]),
      ),
    ).toEqual([
      join(ROOT, 'lib/api/decode.ts'),
      join(ROOT, 'lib/api/attachments.ts'),
      join(ROOT, 'lib/api/decode.ts'),
    ]);
  });
});
