import type { Notification } from '../api/notifications';

/** Notifications of one room. */
export interface NotificationGroup {
  roomId: string;
  notifications: Notification[];
}

/** Gathers notifications by room: the room with the newest one first, the newest first within each. */
export function groupByRoom(list: readonly Notification[]): NotificationGroup[] {
  const groups = new Map<string, Notification[]>();
  for (const notification of list) {
    const group = groups.get(notification.roomId);
    if (group === undefined) groups.set(notification.roomId, [notification]);
    else group.push(notification);
  }
  return [...groups].map(([roomId, notifications]) => ({ roomId, notifications }));
}
