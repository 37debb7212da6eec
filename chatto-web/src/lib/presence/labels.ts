import type { PresenceState } from '../api/types';

/** What the states are called. */
export const PRESENCE_LABELS: Readonly<Record<PresenceState, string>> = {
  online: 'Online',
  away: 'Away',
  doNotDisturb: 'Do not disturb',
  offline: 'Offline',
};
