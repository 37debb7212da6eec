/** Where a button stands on the screen. */
export interface Spot {
  left: number;
  top: number;
}

const SAME_ROW = 4;

/** Which of some buttons an arrow key leads to from another one; the same one where there is none in that direction. */
export function step(spots: readonly Spot[], from: number, key: string): number {
  const current = spots[from];
  if (current === undefined) return 0;
  if (key === 'ArrowRight') return Math.min(spots.length - 1, from + 1);
  if (key === 'ArrowLeft') return Math.max(0, from - 1);
  const direction = key === 'ArrowDown' ? 1 : -1;
  let best = from;
  let row: number | undefined;
  for (let index = from + direction; index >= 0 && index < spots.length; index += direction) {
    const spot = spots[index];
    if (spot === undefined || Math.abs(spot.top - current.top) < SAME_ROW) continue;
    row ??= spot.top;
    if (Math.abs(spot.top - row) >= SAME_ROW) break;
    const better =
      best === from || Math.abs(spot.left - current.left) < Math.abs((spots[best]?.left ?? 0) - current.left);
    if (better) best = index;
  }
  return best;
}
