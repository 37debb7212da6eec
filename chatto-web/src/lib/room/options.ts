import type { RoomChange } from '../api/client';
import type { Room } from '../api/types';

export type Audience = 'open' | 'private' | 'universal';

/** What the form of a room lets choose besides its texts. */
export interface RoomChoice {
  groupId: string;
  who: Audience;
  slowModeSeconds: number;
}

/** The steps of slow mode that are offered, in seconds. */
export const SLOW_MODES: readonly number[] = [
  0, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600,
];

export function slowModeLabel(seconds: number): string {
  if (seconds === 0) return 'Off';
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours === 1 ? '1 hour' : `${hours} hours`;
}

/** "1:05", as long as there is something to wait for. */
export function countdown(millis: number): string | undefined {
  if (millis <= 0) return undefined;
  const seconds = Math.ceil(millis / 1_000);
  const minutes = Math.floor(seconds / 60);
  const rest = String(seconds % 60).padStart(2, '0');
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

export function choiceOf(room: Room | undefined, firstGroup: string): RoomChoice {
  return {
    groupId: room?.groupId ?? firstGroup,
    who: room?.private === true ? 'private' : room?.universal === true ? 'universal' : 'open',
    slowModeSeconds: room?.slowModeSeconds ?? 0,
  };
}

/** Only what was chosen differently: what is left out nobody needs a permission for. */
export function changeOf(former: RoomChoice, choice: RoomChoice): RoomChange {
  return {
    ...(choice.groupId === former.groupId ? {} : { groupId: choice.groupId }),
    ...(choice.who === former.who
      ? {}
      : { private: choice.who === 'private', ...universalOf(former.who, choice.who) }),
    ...(choice.slowModeSeconds === former.slowModeSeconds ? {} : { slowModeSeconds: choice.slowModeSeconds }),
  };
}

function universalOf(former: Audience, who: Audience): RoomChange {
  return former === 'universal' || who === 'universal' ? { universal: who === 'universal' } : {};
}
