import type { Attachment } from '../api/attachments';
import { ApiError } from '../api/error';
import type { OnTheWay, UploadState } from '../api/files';
import type { TransferCalls } from './transfer';

export function attachment(id: string, change: Partial<Attachment> = {}): Attachment {
  return {
    id,
    name: `${id}.bin`,
    size: 10,
    contentType: 'application/octet-stream',
    kind: 'file',
    width: undefined,
    height: undefined,
    durationSeconds: undefined,
    url: `/api/v1/files/${id}`,
    thumbnailUrl: undefined,
    largeUrl: undefined,
    posterUrl: undefined,
    ...change,
  };
}

export const away = () => new ApiError('network', 'away');
export const problem = (status: number, code = String(status)) =>
  new ApiError('problem', code, { status, code });

/** A server of uploads in memory, which a test can have fail. */
export class FakeUploads implements TransferCalls {
  readonly states = new Map<string, UploadState>();
  readonly keys: string[] = [];
  readonly parts: { id: string; offset: number; bytes: number }[] = [];
  readonly cancelled: string[] = [];
  /** Thrown by the next calls that send a part, in this order; 'lost' takes the part and loses the answer. */
  faults: (ApiError | 'lost' | undefined)[] = [];
  /** While set, parts are not answered. */
  held: Promise<void> | undefined;

  constructor(private readonly partSize = 4) {}

  begin(_roomId: string, name: string, size: number, key: string): Promise<UploadState> {
    this.keys.push(key);
    const id = `u-${key}`;
    const known = this.states.get(id);
    if (known !== undefined) return Promise.resolve(known);
    return Promise.resolve(this.put({ id, size, offset: 0, ...this.shape(name, id, 0, size) }));
  }

  upload(id: string): Promise<UploadState> {
    const state = this.states.get(id);
    return state === undefined ? Promise.reject(problem(404)) : Promise.resolve(state);
  }

  async sendPart(id: string, offset: number, part: Blob, { signal }: OnTheWay): Promise<UploadState> {
    await this.held;
    signal.throwIfAborted();
    const fault = this.faults.shift();
    if (fault !== undefined && fault !== 'lost') throw fault;
    const state = await this.upload(id);
    if (state.offset !== offset) throw problem(409, 'upload-offset');
    this.parts.push({ id, offset, bytes: part.size });
    const arrived = offset + part.size;
    const next = this.put({ ...state, offset: arrived, ...this.shape(id, id, arrived, state.size) });
    if (fault === 'lost') throw away();
    return next;
  }

  cancel(id: string): Promise<void> {
    this.cancelled.push(id);
    this.states.delete(id);
    return Promise.resolve();
  }

  private shape(name: string, id: string, offset: number, size: number) {
    const complete = offset === size;
    const taken = complete ? attachment(`a-${id}`, { name, size }) : undefined;
    return { partSize: this.partSize, complete, attachment: taken };
  }

  private put(state: UploadState): UploadState {
    this.states.set(state.id, state);
    return state;
  }
}
