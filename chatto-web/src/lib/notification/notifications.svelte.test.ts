import { describe, expect, it, vi } from 'vitest';
import type { Notification, NotificationPage } from '../api/notifications';
import { message, notification } from './fixtures';
import { groupByRoom } from './groups';
import { Notifications } from './notifications.svelte';

function page(notifications: Notification[], nextCursor?: string): NotificationPage {
  return { notifications, unread: notifications.filter((one) => !one.read).length, nextCursor };
}

function world(first: NotificationPage) {
  const api = {
    list: vi.fn(async (): Promise<NotificationPage> => await Promise.resolve(first)),
    read: vi.fn(async () => await Promise.resolve(0)),
    remove: vi.fn(async () => await Promise.resolve()),
    clear: vi.fn(async () => await Promise.resolve()),
  };
  return { api, notifications: new Notifications(api) };
}

describe('the notifications', () => {
  it('are loaded part by part', async () => {
    const { api, notifications } = world(page([notification(3), notification(2)], 'older'));
    await notifications.load();
    api.list.mockResolvedValueOnce(page([notification(1, { read: true })]));

    await notifications.more();

    expect(notifications.list.map((one) => one.id)).toEqual(['N3', 'N2', 'N1']);
    expect(api.list).toHaveBeenLastCalledWith('older');
    await notifications.more();
    expect(api.list).toHaveBeenCalledTimes(2);
  });

  it('come once and are counted', async () => {
    const { notifications } = world(page([notification(1)]));
    await notifications.load();
    const alerted: string[] = [];
    notifications.alert = (one) => alerted.push(one.id);

    notifications.apply({ type: 'notification.created', notification: notification(2), alert: true });
    notifications.apply({ type: 'notification.created', notification: notification(2), alert: true });
    notifications.apply({ type: 'notification.created', notification: notification(3), alert: false });

    expect(notifications.list.map((one) => one.id)).toEqual(['N3', 'N2', 'N1']);
    expect(notifications.unread).toBe(3);
    expect(alerted).toEqual(['N2']);
  });

  it('are read with their room, as far as that was read', async () => {
    const { notifications } = world(
      page([
        notification(9),
        notification(5, { threadRoot: 2 }),
        notification(4, { emoji: '👍', cause: 'reaction' }),
        notification(3, { roomId: 'R2' }),
        notification(2),
      ]),
    );
    await notifications.load();

    notifications.apply({ type: 'read.updated', roomId: 'R1', readOrdinal: 8, unread: 1 });

    expect(notifications.list.filter((one) => one.read).map((one) => one.id)).toEqual(['N2']);
    expect(notifications.unread).toBe(4);
  });

  it('are marked, removed and cleared', async () => {
    const { api, notifications } = world(page([notification(3), notification(2), notification(1)]));
    await notifications.load();
    api.read.mockResolvedValueOnce(2);

    await notifications.markRead(notification(3));
    expect(notifications.unread).toBe(2);
    expect(notifications.list[0]?.read).toBe(true);
    await notifications.remove(notification(2));
    expect(notifications.list.map((one) => one.id)).toEqual(['N3', 'N1']);
    await notifications.markAllRead();
    expect(notifications.unread).toBe(0);
    await notifications.clear();
    expect(notifications.list).toEqual([]);
  });

  it('are loaded again when what they are about is gone', async () => {
    const { api, notifications } = world(page([notification(3)]));
    await notifications.load();

    notifications.apply({ type: 'message.deleted', roomId: 'R1', message: message(4) });
    expect(api.list).toHaveBeenCalledTimes(1);
    notifications.apply({ type: 'message.deleted', roomId: 'R1', message: message(3) });
    expect(api.list).toHaveBeenCalledTimes(2);
  });

  it('are gathered by room, the newest first', () => {
    const groups = groupByRoom([notification(4), notification(3, { roomId: 'R2' }), notification(2)]);

    expect(groups.map((group) => [group.roomId, group.notifications.map((one) => one.id)])).toEqual([
      ['R1', ['N4', 'N2']],
      ['R2', ['N3']],
    ]);
  });
});
