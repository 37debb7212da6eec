import { lineKey, type ChattoApi, type Line } from '../api/client';
import type { Message } from '../api/types';
import type { LiveEvent } from '../realtime/events';
import { Timeline } from './timeline.svelte';

const MOST_KEPT = 4;

/** The timelines that are shown and the few that were shown last, so that going back to one is immediate. */
export class Timelines {
  /** In the order of their use; the last was used last. */
  private readonly kept = new Map<string, Timeline>();

  constructor(
    private readonly api: ChattoApi,
    private readonly viewer: () => string | undefined,
  ) {}

  get(line: Line): Timeline {
    const key = lineKey(line);
    const timeline = this.kept.get(key) ?? new Timeline(line, this.api, this.viewer);
    this.kept.delete(key);
    this.kept.set(key, timeline);
    for (const oldest of [...this.kept.keys()].slice(0, -MOST_KEPT)) this.kept.delete(oldest);
    return timeline;
  }

  apply(event: LiveEvent): void {
    for (const timeline of this.kept.values()) timeline.apply(event);
  }

  /** Takes in the answer to a call of this viewer's. */
  accept(message: Message): void {
    this.kept.get(lineKey({ roomId: message.roomId, threadRoot: message.threadRoot }))?.accept(message);
  }

  async reload(): Promise<void> {
    await Promise.all([...this.kept.values()].map((timeline) => timeline.reload()));
  }

  clear(): void {
    this.kept.clear();
  }
}
