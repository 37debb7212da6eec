import type { StateInline } from 'markdown-it';
import type { ChipContext } from './markdown-chips';
import { formatStamp, isStampStyle, stampMillis } from './stamp';

const BAR = 0x7c;
const LESS = 0x3c;
const MARKS = new Set(Array.from('\n!#$%&*+-:<=>@[\\]^_`{}~|', (mark) => mark.charCodeAt(0)));
const STAMP = /<t:(?<seconds>-?\d{1,13})(?::(?<style>[a-zA-Z]))?>/uy;

/** Takes characters up to the next that may begin something. It knows the bar, as Markdown's own rule does not. */
export function plainText(state: StateInline, silent: boolean): boolean {
  let end = state.pos;
  while (end < state.posMax && !MARKS.has(state.src.charCodeAt(end))) end += 1;
  if (end === state.pos) return false;
  if (!silent) state.pending += state.src.slice(state.pos, end);
  state.pos = end;
  return true;
}

/** `||what is hidden||`; a bar beside a space is the "or" of a programmer and hides nothing. */
export function spoiler(state: StateInline, silent: boolean): boolean {
  const start = state.pos + 2;
  const { posMax } = state;
  if (!isBars(state, state.pos) || isSpace(state.src.charCodeAt(start))) return false;
  const end = closing(state, start);
  if (end === undefined) {
    state.pos = start - 2;
    return false;
  }
  if (!silent) {
    state.push('spoiler_open', 'span', 1).attrs = [
      ['class', 'spoiler'],
      ['role', 'button'],
      ['tabindex', '0'],
      ['aria-label', 'Show what is hidden'],
    ];
    state.push('spoiler_text_open', 'span', 1);
    state.pos = start;
    state.posMax = end;
    state.md.inline.tokenize(state);
    state.push('spoiler_text_close', 'span', -1);
    state.push('spoiler_close', 'span', -1);
  }
  state.pos = end + 2;
  state.posMax = posMax;
  return true;
}

/** `<t:UNIX SECONDS:STYLE>`, a moment in the reader's own time. */
export function stamp(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== LESS) return false;
  STAMP.lastIndex = state.pos;
  const match = STAMP.exec(state.src);
  const millis = stampMillis(match?.groups?.['seconds']);
  const style = match?.groups?.['style'] ?? 'f';
  if (match === null || millis === undefined || !isStampStyle(style)) return false;
  if (!silent) {
    const { hours } = (state.env as { chips?: ChipContext }).chips ?? {};
    const open = state.push('stamp_open', 'time', 1);
    open.attrs = [
      ['class', style === 'R' ? 'stamp relative' : 'stamp'],
      ['datetime', new Date(millis).toISOString()],
      ['title', formatStamp(millis, 'F', hours)],
    ];
    state.push('text', '', 0).content = formatStamp(millis, style, hours);
    state.push('stamp_close', 'time', -1);
  }
  state.pos += match[0].length;
  return true;
}

function closing(state: StateInline, start: number): number | undefined {
  state.pos = start;
  while (state.pos + 1 < state.posMax) {
    const { pos } = state;
    if (pos > start && isBars(state, pos) && !isSpace(state.src.charCodeAt(pos - 1))) return pos;
    state.md.inline.skipToken(state);
  }
  return undefined;
}

function isBars(state: StateInline, at: number): boolean {
  return at + 1 < state.posMax && state.src.charCodeAt(at) === BAR && state.src.charCodeAt(at + 1) === BAR;
}

function isSpace(character: number): boolean {
  return character === 0x20 || character === 0x0a || character === 0x09;
}
