import type { ChattoApi } from '../api/client';
import { describeError } from '../api/error';
import type { Message } from '../api/types';
import type { LiveEvent } from '../realtime/events';

const PAUSE_MILLIS = 300;

/** What is pinned in the room whose pins are shown, newest first. */
export class Pins {
  messages: readonly Message[] = $state.raw([]);
  loading = $state(false);
  fault: string | undefined = $state();
  /** Whether there are more than those that were loaded. */
  more = $derived.by(() => this.cursor !== undefined);

  private cursor: string | undefined = $state();
  private roomId: string | undefined;
  private generation = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly api: Pick<ChattoApi, 'pins'>) {}

  /** Shows the pins of a room. @return ends that */
  open(roomId: string): () => void {
    this.roomId = roomId;
    this.messages = [];
    void this.load();
    return () => {
      clearTimeout(this.timer);
      this.roomId = undefined;
    };
  }

  async load(): Promise<void> {
    await this.fetch(undefined);
  }

  async loadMore(): Promise<void> {
    await this.fetch(this.cursor);
  }

  /** Pins that come and go, and pinned messages that change, are read again a moment later. */
  apply(event: LiveEvent): void {
    if (this.roomId === undefined) return;
    const pinned = event.type === 'message.pinned' && event.roomId === this.roomId;
    const changed =
      (event.type === 'message.edited' || event.type === 'message.deleted') &&
      this.messages.some((message) => message.id === event.message.id);
    if (!pinned && !changed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), PAUSE_MILLIS);
  }

  private async fetch(cursor: string | undefined): Promise<void> {
    const { roomId } = this;
    if (roomId === undefined) return;
    this.generation += 1;
    const generation = this.generation;
    this.loading = true;
    try {
      const page = await this.api.pins(roomId, cursor);
      if (generation !== this.generation || roomId !== this.roomId) return;
      this.messages = cursor === undefined ? page.messages : [...this.messages, ...page.messages];
      this.cursor = page.nextCursor;
      this.fault = undefined;
    } catch (error) {
      if (generation === this.generation) this.fault = describeError(error);
    } finally {
      if (generation === this.generation) this.loading = false;
    }
  }
}
