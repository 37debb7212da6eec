/** How many avatar colours the style sheet defines (classes `hue-0` …). */
export const AVATAR_HUES = 10;

/** One or two letters that stand for a name. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/u)
    .filter((word) => word !== '');
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const letters =
    last === undefined ? Array.from(first).slice(0, 1) : [Array.from(first)[0], Array.from(last)[0]];
  return letters.join('').toLocaleUpperCase();
}

/** A stable number from 0 to AVATAR_HUES - 1 for an id (FNV-1a, so that similar ids differ). */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (const character of id) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0) % AVATAR_HUES;
}

/** "Ann", "Ann and Ben", "Ann, Ben and 3 others". */
export function listNames(names: readonly string[], shown = 2): string {
  const head = names.slice(0, shown);
  const rest = names.length - head.length;
  if (rest > 0) return `${head.join(', ')} and ${rest} ${rest === 1 ? 'other' : 'others'}`;
  const last = head.pop();
  return head.length === 0 ? (last ?? '') : `${head.join(', ')} and ${last ?? ''}`;
}

/** Characters as people count them and the server limits them: code points, not UTF-16 units. */
export function characterCount(text: string): number {
  let count = 0;
  for (const character of text) count += character.length > 0 ? 1 : 0;
  return count;
}
