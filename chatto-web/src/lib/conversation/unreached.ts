import type { UnreachedMention, WrittenMessage } from '../api/written';
import type { Toasts } from '../support/toasts.svelte';

const MOST_NAMED = 3;

/** Tells the author of a message, without getting in the way, whom it calls in vain. */
export function tellUnreached(toasts: Pick<Toasts, 'info'>, message: WrittenMessage): void {
  const warnings = message.warnings ?? [];
  const unknown = names(warnings, 'unknown-mention');
  const elsewhere = names(warnings, 'mention-not-in-room');
  if (unknown !== undefined) toasts.info(`Nobody here is called ${unknown}.`);
  if (elsewhere !== undefined) toasts.info(`Not in this room, so not notified: ${elsewhere}.`);
}

function names(warnings: readonly UnreachedMention[], code: UnreachedMention['code']): string | undefined {
  const all = warnings.filter((warning) => warning.code === code).map((warning) => `@${warning.name}`);
  if (all.length === 0) return undefined;
  const more = all.length > MOST_NAMED ? [`${all.length - MOST_NAMED} more`] : [];
  return [...all.slice(0, MOST_NAMED), ...more].join(', ');
}
