import type { AttachmentKind } from '../api/attachments';
import { describeError } from '../api/error';
import type { FilesApi, RoomFile } from '../api/files';
import type { LiveEvent } from '../realtime/events';

const PAUSE_MILLIS = 400;

/** The files of the room whose files are shown, newest first. */
export class RoomFiles {
  items: readonly RoomFile[] = $state.raw([]);
  loading = $state(false);
  fault: string | undefined = $state();
  /** Whether there are more than those that were loaded. */
  more = $derived.by(() => this.cursor !== undefined);

  private cursor: string | undefined = $state();
  private roomId: string | undefined;
  private kind: AttachmentKind | undefined;
  private generation = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly api: Pick<FilesApi, 'ofRoom'>) {}

  /** Shows the files of a room, of one kind or of all. @return ends that */
  open(roomId: string, kind: AttachmentKind | undefined): () => void {
    this.roomId = roomId;
    this.kind = kind;
    this.items = [];
    this.cursor = undefined;
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
    if (!this.loading && this.cursor !== undefined) await this.fetch(this.cursor);
  }

  /** Files that come and go are read again a moment later. */
  apply(event: LiveEvent): void {
    if (this.roomId === undefined) return;
    const posted =
      event.type === 'message.posted' && event.roomId === this.roomId && event.message.attachments.length > 0;
    const changed =
      (event.type === 'message.edited' || event.type === 'message.deleted') &&
      event.roomId === this.roomId &&
      this.items.some(
        ({ ordinal, threadRoot }) =>
          ordinal === event.message.ordinal && threadRoot === event.message.threadRoot,
      );
    if (!posted && !changed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), PAUSE_MILLIS);
  }

  private async fetch(cursor: string | undefined): Promise<void> {
    const { roomId, kind } = this;
    if (roomId === undefined) return;
    this.generation += 1;
    const generation = this.generation;
    this.loading = true;
    try {
      const page = await this.api.ofRoom(roomId, kind, cursor);
      if (generation !== this.generation) return;
      this.items = cursor === undefined ? page.files : [...this.items, ...page.files];
      this.cursor = page.nextCursor;
      this.fault = undefined;
    } catch (error) {
      if (generation === this.generation) this.fault = describeError(error);
    } finally {
      if (generation === this.generation) this.loading = false;
    }
  }
}
