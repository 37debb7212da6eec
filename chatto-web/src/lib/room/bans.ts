const HOUR_MILLIS = 3_600_000;

/** For how long somebody can be banned; no hours stand for ever. */
export const BAN_TIMES: readonly { hours: number; label: string }[] = [
  { hours: 0, label: 'Until the ban is lifted' },
  { hours: 1, label: '1 hour' },
  { hours: 24, label: '1 day' },
  { hours: 24 * 7, label: '1 week' },
  { hours: 24 * 30, label: '30 days' },
];

export function expiryOf(hours: number, nowMillis: number): string | undefined {
  return hours === 0 ? undefined : new Date(nowMillis + hours * HOUR_MILLIS).toISOString();
}

/** "until 4 May, 10:00", or that it does not end by itself. */
export function untilText(expiresAt: string | undefined): string {
  if (expiresAt === undefined) return 'until lifted';
  const time = new Date(expiresAt).toLocaleString(undefined, {
    ...{ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  });
  return `until ${time}`;
}
