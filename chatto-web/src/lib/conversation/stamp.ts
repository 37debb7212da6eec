import { relativeMoment } from '../support/time';

/** How a moment may be written: times, dates, both, and how far away it is. The longer form has the capital letter. */
const STYLES = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type StampStyle = keyof typeof STYLES | 'R';

/** A date of JavaScript reaches this far from 1970. */
const FURTHEST_SECONDS = 8_640_000_000_000;

const formats = new Map<StampStyle, Intl.DateTimeFormat>();

export function isStampStyle(style: string): style is StampStyle {
  return style === 'R' || Object.hasOwn(STYLES, style);
}

/** Milliseconds since 1970 of a count of seconds, if there is such a moment. */
export function stampMillis(seconds: string | undefined): number | undefined {
  const count = Number(seconds ?? Number.NaN);
  return Math.abs(count) <= FURTHEST_SECONDS ? count * 1000 : undefined;
}

export function formatStamp(millis: number, style: StampStyle, now = Date.now()): string {
  if (style === 'R') return relativeMoment(millis, now);
  const format = formats.get(style) ?? new Intl.DateTimeFormat(undefined, STYLES[style]);
  formats.set(style, format);
  return format.format(millis);
}
