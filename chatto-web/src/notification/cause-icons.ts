import type { Cause } from '../lib/api/notifications';
import type { IconName } from '../shared/icons';

export const CAUSE_ICONS: Record<Cause, IconName> = {
  directMessage: 'people',
  mention: 'at',
  reply: 'reply',
  roleMention: 'at',
  here: 'megaphone',
  all: 'megaphone',
  thread: 'thread',
  room: 'hash',
  reaction: 'smile',
};
