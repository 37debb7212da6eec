import type { Status } from '../api/types';
import { clockTime, dayKey, type Hours } from '../support/time';

export interface StatusPreset {
  emoji: string;
  text: string;
  lasts: Lasting;
}

/** How long a status is to be told. */
export type Lasting = 'always' | 'half-hour' | 'hour' | 'four-hours' | 'today' | 'week';

export const LASTINGS: readonly { lasting: Lasting; label: string }[] = [
  { lasting: 'always', label: 'Until I change it' },
  { lasting: 'half-hour', label: '30 minutes' },
  { lasting: 'hour', label: '1 hour' },
  { lasting: 'four-hours', label: '4 hours' },
  { lasting: 'today', label: 'Today' },
  { lasting: 'week', label: 'This week' },
];

export const STATUS_PRESETS: readonly StatusPreset[] = [
  { emoji: '📅', text: 'In a meeting', lasts: 'hour' },
  { emoji: '🚌', text: 'Commuting', lasts: 'half-hour' },
  { emoji: '🤒', text: 'Out sick', lasts: 'today' },
  { emoji: '🌴', text: 'Vacationing', lasts: 'always' },
  { emoji: '🏡', text: 'Working remotely', lasts: 'today' },
];

const MINUTE = 60_000;

/** When a status is over that begins now; undefined for never. Days and weeks end at midnight where the person is. */
export function expiry(lasting: Lasting, now: number): Date | undefined {
  switch (lasting) {
    case 'always':
      return undefined;
    case 'half-hour':
      return new Date(now + 30 * MINUTE);
    case 'hour':
      return new Date(now + 60 * MINUTE);
    case 'four-hours':
      return new Date(now + 240 * MINUTE);
    case 'today':
      return midnight(now, 1);
    case 'week': {
      const weekday = new Date(now).getDay();
      return midnight(now, weekday === 0 ? 1 : 8 - weekday);
    }
  }
}

function midnight(now: number, daysAhead: number): Date {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() + daysAhead);
  return day;
}

/** A status in words, with when it ends. */
export function statusLabel(status: Status, now: number, hours: Hours): string {
  const text = status.text || status.emoji;
  if (status.expiresAt === undefined) return text;
  const end = Date.parse(status.expiresAt);
  const sameDay = dayKey(end) === dayKey(now);
  const when = sameDay ? clockTime(end, hours) : new Date(end).toLocaleDateString();
  return `${text} – until ${when}`;
}
