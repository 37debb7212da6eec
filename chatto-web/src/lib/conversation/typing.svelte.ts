import { SvelteMap } from 'svelte/reactivity';
import { lineKey, type Line } from '../api/client';
import type { LiveEvent } from '../realtime/events';

const SHOWN_MILLIS = 6_000;

/** Who is typing where, as far as the last seconds tell. */
export class TypingPeople {
  /** By line, then by user: the name to show. */
  private readonly lines = new SvelteMap<string, ReadonlyMap<string, string>>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(private readonly viewer: () => string | undefined) {}

  in(line: Line): string[] {
    return [...(this.lines.get(lineKey(line))?.values() ?? [])];
  }

  apply(event: LiveEvent): void {
    if (event.type === 'typing' && event.userId !== this.viewer()) {
      this.show(lineKey(event), event.userId, event.displayName);
    } else if (event.type === 'message.posted') {
      this.hide(lineKey(event.message), event.message.author.id);
    }
  }

  private show(line: string, userId: string, name: string): void {
    this.lines.set(line, new Map([...(this.lines.get(line) ?? []), [userId, name]]));
    const timer = `${line} ${userId}`;
    clearTimeout(this.timers.get(timer));
    this.timers.set(
      timer,
      setTimeout(() => this.hide(line, userId), SHOWN_MILLIS),
    );
  }

  private hide(line: string, userId: string): void {
    const people = this.lines.get(line);
    if (people?.has(userId) !== true) return;
    clearTimeout(this.timers.get(`${line} ${userId}`));
    this.timers.delete(`${line} ${userId}`);
    this.lines.set(line, new Map([...people].filter(([id]) => id !== userId)));
  }
}
