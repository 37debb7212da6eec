const FIRST_MILLIS = 250;
const LONGEST_MILLIS = 5_000;

/**
 * The wait before the given attempt to connect again (0 = the first): doubling from a quarter of a second to five
 * seconds, shortened at random by up to a half so that the clients of a restarted server do not return in step.
 */
export function reconnectDelay(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_MILLIS, FIRST_MILLIS * 2 ** Math.min(attempt, 10));
  return Math.round(full * (1 - random() / 2));
}
