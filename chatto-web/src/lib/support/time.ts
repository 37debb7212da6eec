const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How hours are counted: as the device does, or as somebody chose. */
export const HOURS = ['auto', '12h', '24h'] as const;
export type Hours = (typeof HOURS)[number];

const CYCLES: Record<Hours, Intl.DateTimeFormatOptions> = {
  auto: {},
  '12h': { hourCycle: 'h12' },
  '24h': { hourCycle: 'h23' },
};

const clockFormats = formats({ hour: 'numeric', minute: '2-digit' });
const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: 'long', month: 'long', day: 'numeric' });
const dayYearFormat = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'long', day: 'numeric' });
const fullFormats = formats({ dateStyle: 'full', timeStyle: 'short' });
const relativeFormat = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'long' });

/** The calendar day in local time, as a key that orders and compares. */
export function dayKey(millis: number): string {
  const date = new Date(millis);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** "Today", "Yesterday", "Monday, 23 November" or, for another year, "23 November 2025". */
export function dayLabel(millis: number, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(millis)) / DAY);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return new Date(millis).getFullYear() === new Date(now).getFullYear()
    ? dayFormat.format(millis)
    : dayYearFormat.format(millis);
}

export function clockTime(millis: number, hours: Hours): string {
  return clockFormats[hours].format(millis);
}

export function fullTime(millis: number, hours: Hours): string {
  return fullFormats[hours].format(millis);
}

/** A format of the reader's language, for each way to count hours. */
export function formats(options: Intl.DateTimeFormatOptions): Record<Hours, Intl.DateTimeFormat> {
  const of = (hours: Hours): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(undefined, { ...options, ...CYCLES[hours] });
  return { auto: of('auto'), '12h': of('12h'), '24h': of('24h') };
}

/** "just now", "5 minutes ago", "yesterday", and a date from a week on. */
export function relativeTime(millis: number, now: number): string {
  const age = now - millis;
  if (age < MINUTE) return 'just now';
  if (age < HOUR) return relativeFormat.format(-Math.floor(age / MINUTE), 'minute');
  if (age < DAY) return relativeFormat.format(-Math.floor(age / HOUR), 'hour');
  if (age < 7 * DAY) return relativeFormat.format(-Math.floor(age / DAY), 'day');
  return dayYearFormat.format(millis);
}

const UNITS = [
  ['year', 365 * DAY],
  ['month', 30 * DAY],
  ['week', 7 * DAY],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
] as const;

/** "in 5 minutes", "2 years ago": how far away a moment is, to come or gone, in its largest unit. */
export function relativeMoment(millis: number, now: number): string {
  const distance = millis - now;
  const unit = UNITS.find(([, length]) => Math.abs(distance) >= length);
  return unit === undefined
    ? relativeFormat.format(Math.trunc(distance / 1000), 'second')
    : relativeFormat.format(Math.trunc(distance / unit[1]), unit[0]);
}

function startOfDay(millis: number): number {
  const date = new Date(millis);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
