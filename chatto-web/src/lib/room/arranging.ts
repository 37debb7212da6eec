import type { Room } from '../api/types';
import { byPlace } from './sections';

/** Where a room is put: in front of another one of a group, or behind all of them. */
export interface Spot {
  groupId: string;
  before: string | undefined;
}

/** The spot one step up or down among the rooms of a group as they are listed; undefined where the list ends. */
export function stepOf(listed: readonly Room[], id: string, step: -1 | 1): Spot | undefined {
  const at = listed.findIndex((room) => room.id === id);
  const { groupId } = listed[at] ?? {};
  if (groupId === undefined || listed[at + step] === undefined) return undefined;
  return { groupId, before: listed[step < 0 ? at - 1 : at + 2]?.id };
}

/** The number of a spot, counted from 0 among all rooms of the group that the viewer sees, without the one that moves. */
export function placeAmong(seen: readonly Room[], moved: string, before: string | undefined): number {
  const others = seen.filter((room) => room.id !== moved).sort(byPlace);
  const at = others.findIndex((room) => room.id === before);
  return at < 0 ? others.length : at;
}
