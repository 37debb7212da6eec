import type { Cause, Mode, Notification } from '../api/notifications';
import { messagePath } from '../support/router.svelte';

interface CauseText {
  /** In the settings. */
  label: string;
  hint: string;
}

export const CAUSE_TEXTS: Record<Cause, CauseText> = {
  directMessage: { label: 'Direct messages', hint: 'Somebody writes to you alone' },
  mention: { label: 'Mentions', hint: 'Somebody writes your @name' },
  reply: { label: 'Replies', hint: 'Somebody answers a message of yours' },
  roleMention: { label: 'Mentions of your roles', hint: 'Somebody calls a role you have' },
  here: { label: '@here', hint: 'Somebody calls all who are around' },
  all: { label: '@all', hint: 'Somebody calls the whole room' },
  thread: { label: 'Threads you follow', hint: 'A new reply in one of them' },
  room: { label: 'Every message', hint: 'Anything new in a room' },
  reaction: { label: 'Reactions', hint: 'Somebody reacts to a message of yours' },
};

export const MODE_LABELS: Record<Mode, string> = { alert: 'Alert', silent: 'Silent', off: 'Off' };

/** What somebody did, to follow their name. */
export function deed(notification: Notification): string {
  switch (notification.cause) {
    case 'directMessage':
      return 'wrote to you';
    case 'mention':
      return 'mentioned you';
    case 'reply':
      return 'replied to you';
    case 'roleMention':
      return 'called your role';
    case 'here':
      return 'called everyone here';
    case 'all':
      return 'called everyone';
    case 'thread':
      return 'replied in a thread';
    case 'room':
      return 'wrote';
    case 'reaction':
      return `reacted ${notification.emoji ?? ''}`.trimEnd();
    default:
      return notification.cause satisfies never;
  }
}

/** Where the message of a notification is shown. */
export function placeOf(notification: Notification): string {
  return messagePath(notification);
}
