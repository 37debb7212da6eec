import type { Attachment } from '../api/attachments';
import { ApiError } from '../api/error';
import type { FilesApi, UploadState } from '../api/files';

export type TransferCalls = Pick<FilesApi, 'begin' | 'upload' | 'sendPart' | 'cancel'>;

/** Sent in one request where the server names no size. */
const PART_BYTES = 1024 * 1024;
/** How often in a row the server may name another place to go on from before that is a fault. */
const MOST_CORRECTIONS = 5;
/** How often in one run an upload that the server has given up is begun anew. */
const MOST_BEGINNINGS = 3;

/**
 * One file on its way to the server, part by part. A run that failed is followed by another one, which goes on where the server says that
 * it is: it may have more than this side knows, when an answer was lost, or nothing any more, when too much time has passed.
 */
export class Transfer {
  private id: string | undefined;

  /** @param progress is told how many bytes have gone */
  constructor(
    private readonly api: TransferCalls,
    private readonly file: File,
    private readonly roomId: string,
    private key: string,
    private readonly nextKey: () => string,
    private readonly progress: (sent: number) => void,
  ) {}

  /** Sends what is missing. Rejects with what a call failed with, or with a fault in reading the file. */
  async run(signal: AbortSignal): Promise<Attachment> {
    let beginnings = 0;
    let corrections = 0;
    let state = this.id === undefined ? await this.begin() : await this.ask(this.id);
    for (;;) {
      signal.throwIfAborted();
      if (state === undefined) {
        beginnings += 1;
        if (beginnings > MOST_BEGINNINGS)
          throw new ApiError('protocol', 'The server keeps losing this upload.');
        state = await this.begin();
      }
      this.progress(state.offset);
      if (state.complete) return attachmentOf(state);
      const next = await this.sendNext(state, signal);
      corrections = next !== undefined && next.offset > state.offset ? 0 : corrections + 1;
      if (corrections > MOST_CORRECTIONS)
        throw new ApiError('protocol', 'The server does not take the next part of this upload.');
      state = next;
    }
  }

  /** Has the server forget it; what fails there ends by itself. */
  async cancel(): Promise<void> {
    const { id } = this;
    this.id = undefined;
    if (id !== undefined) await this.api.cancel(id).catch(() => undefined);
  }

  private async begin(): Promise<UploadState> {
    if (this.id !== undefined) {
      this.id = undefined;
      this.key = this.nextKey();
    }
    const state = await this.api.begin(this.roomId, this.file.name, this.file.size, this.key);
    this.id = state.id;
    return state;
  }

  /** How far the upload is; undefined when the server has given it up. */
  private async ask(id: string): Promise<UploadState | undefined> {
    try {
      return await this.api.upload(id);
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  private async sendNext(state: UploadState, signal: AbortSignal): Promise<UploadState | undefined> {
    const part = await this.read(state.offset, state.partSize ?? PART_BYTES);
    const onSent = (bytes: number): void => this.progress(state.offset + Math.min(bytes, part.size));
    try {
      const next = await this.api.sendPart(state.id, state.offset, part, { signal, onSent });
      return { ...next, partSize: next.partSize ?? state.partSize };
    } catch (error) {
      if (isGone(error)) return undefined;
      if (error instanceof ApiError && error.status === 409) return await this.ask(state.id);
      throw error;
    }
  }

  /** Read before it is sent: a file that has changed or gone is told apart from a connection that has. */
  private async read(from: number, length: number): Promise<Blob> {
    try {
      return new Blob([await this.file.slice(from, from + length).arrayBuffer()]);
    } catch {
      throw new ApiError('problem', 'The file cannot be read any more. Choose it again.', { code: 'file' });
    }
  }
}

function attachmentOf(state: UploadState): Attachment {
  if (state.attachment === undefined)
    throw new ApiError('protocol', 'The server says nothing of the file it has taken.');
  return state.attachment;
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 410);
}
