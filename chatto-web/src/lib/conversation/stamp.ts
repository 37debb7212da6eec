import { formats, relativeMoment, type Hours } from '../support/time';

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

const made = new Map<StampStyle, Record<Hours, Intl.DateTimeFormat>>();

export function isStampStyle(style: string): style is StampStyle {
  return style === 'R' || Object.hasOwn(STYLES, style);
}

/** Milliseconds since 1970 of a count of seconds, if there is such a moment. */
export function stampMillis(seconds: string | undefined): number | undefined {
  const count = Number(seconds ?? Number.NaN);
  return Math.abs(count) <= FURTHEST_SECONDS ? count * 1000 : undefined;
}

export function formatStamp(millis: number, style: StampStyle, hours: Hours = 'auto'): string {
  if (style === 'R') return relativeMoment(millis, Date.now());
  const format = made.get(style) ?? formats(STYLES[style]);
  made.set(style, format);
  return format[hours].format(millis);
}
