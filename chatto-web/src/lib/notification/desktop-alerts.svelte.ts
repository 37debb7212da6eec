import type { Notification as ChattoNotification } from '../api/notifications';
import { deed, placeOf } from './causes';

export type Permission = 'granted' | 'denied' | 'default' | 'unsupported';

/** Shows alerts outside the page, when the viewer has permitted that and is not looking. */
export class DesktopAlerts {
  permission: Permission = $state(readPermission());

  constructor(
    /** Names a room where that tells more than who wrote. */
    private readonly roomLabel: (id: string) => string | undefined,
    private readonly go: (path: string) => void,
  ) {}

  /** Asks the browser for permission; it asks the viewer once. */
  async request(): Promise<void> {
    if (this.permission === 'default') this.permission = await Notification.requestPermission();
  }

  show(notification: ChattoNotification): void {
    if (readPermission() !== 'granted') return;
    const room = this.roomLabel(notification.roomId);
    const place = room === undefined || notification.cause === 'directMessage' ? '' : ` in ${room}`;
    try {
      const shown = new Notification(`${notification.actor.displayName} ${deed(notification)}${place}`, {
        body: notification.excerpt,
        tag: notification.id,
      });
      shown.addEventListener('click', () => {
        window.focus();
        this.go(placeOf(notification));
        shown.close();
      });
    } catch {
      // Some phones permit this to service workers only: the page itself shows enough.
    }
  }
}

function readPermission(): Permission {
  return 'Notification' in globalThis ? Notification.permission : 'unsupported';
}
