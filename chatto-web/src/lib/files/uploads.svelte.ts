import type { Attachment, OutgoingFile } from '../api/attachments';
import { lineKey, type Line } from '../api/client';
import { ApiError, describeError } from '../api/error';
import type { ServerLimits } from '../api/server';
import type { Room } from '../api/types';
import type { DeviceStorage } from '../support/storage';
import { admit } from './admission';
import { guessKind } from './kinds';
import type { Previews } from './previews';
import { Transfer, type TransferCalls } from './transfer';
import { keepUpload, restoreUpload, type Upload } from './upload';

const PREFIX = 'chatto.files.';
const MOST_AT_ONCE = 3;
const FIRST_WAIT_MILLIS = 1_000;
const LONGEST_WAIT_MILLIS = 15_000;
/** A fault inside the server is retried this often; being away or busy is retried for ever. */
const MOST_FAULTS = 6;
/** The server keeps a file that is in no message for a day; a little less is safe to count on. */
const KEPT_MILLIS = 23 * 3_600_000;

export interface UploadDependencies {
  api: TransferCalls;
  storage: DeviceStorage;
  previews: Pick<Previews, 'of' | 'keep' | 'release'>;
  limits: () => Pick<ServerLimits, 'maxUploadBytes' | 'maxVideoBytes' | 'maxAttachments'>;
  nextKey: () => string;
  now: () => number;
  /** A file of a message that was sent off has arrived, or with undefined was taken out of it. */
  ended: (key: string, attachment: Attachment | undefined) => void;
  random?: () => number;
}

/** What is not shown of an upload. */
interface Work {
  transfer: Transfer;
  controller: AbortController | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
  attempts: number;
  faults: number;
}

/**
 * Files on their way to the server: a few at once, each going on where it was after the connection broke off. They belong to the line that
 * they were chosen in and stay with it wherever the person looks; finished ones even when the page is loaded again.
 */
export class Uploads {
  items: readonly Upload[] = $state.raw([]);

  private userId: string | undefined;
  private readonly work = new Map<string, Work>();

  constructor(private readonly dependencies: UploadDependencies) {}

  /** Whether something would be lost if the page were closed now. */
  get busy(): boolean {
    return this.items.some(({ progress: { name } }) => name !== 'done' && name !== 'failed');
  }

  /** Whether this person may send files to a room, and its server takes any. */
  takenIn(room: Pick<Room, 'permissions'>): boolean {
    return this.dependencies.limits().maxUploadBytes > 0 && room.permissions.includes('message.attach');
  }

  /** Takes up the finished files of this person on this device. */
  open(userId: string): void {
    this.close();
    this.userId = userId;
    const { storage, now } = this.dependencies;
    const restored = [];
    for (const key of storage.keys(this.storageKey(''))) {
      const upload = restoreUpload(storage.get(key), now() - KEPT_MILLIS);
      if (upload === undefined) storage.remove(key);
      else restored.push(upload);
    }
    this.items = restored;
  }

  close(): void {
    for (const key of [...this.work.keys()]) this.stop(key);
    for (const { preview } of this.items) this.dependencies.previews.release(preview);
    this.items = [];
    this.userId = undefined;
  }

  /** The files of the message that is being written in a line. */
  of(line: Line): readonly Upload[] {
    const key = lineKey(line);
    return this.items.filter((upload) => !upload.sentOff && lineKey(upload.line) === key);
  }

  /** Whether files wait anywhere in a room for a message that is being written. */
  inRoom(roomId: string): boolean {
    return this.items.some((upload) => !upload.sentOff && upload.line.roomId === roomId);
  }

  find(key: string): Upload | undefined {
    return this.items.find((upload) => upload.key === key);
  }

  /** Begins to send files. @return why some were left out */
  add(line: Line, files: readonly File[]): string[] {
    const { accepted, notices } = admit(files, this.of(line).length, this.dependencies.limits());
    for (const file of accepted) this.addOne(line, file);
    this.pump();
    return notices;
  }

  /** The files of a message that is sent off now, whether or not they have arrived. They leave the line. */
  sendOff(line: Line): OutgoingFile[] {
    const uploads = this.of(line);
    const keys = new Set(uploads.map(({ key }) => key));
    this.items = this.items.map((item) => (keys.has(item.key) ? { ...item, sentOff: true } : item));
    for (const key of keys) this.dependencies.storage.remove(this.storageKey(key));
    return uploads.map(({ key, name, size, progress }) => ({
      key,
      name,
      size,
      attachment: progress.name === 'done' ? progress.attachment : undefined,
    }));
  }

  retry(key: string): void {
    const work = this.work.get(key);
    if (work === undefined) return;
    work.faults = 0;
    this.wake(key);
  }

  /** Takes a file away, wherever it is on its way. */
  cancel(key: string): void {
    const upload = this.find(key);
    if (upload === undefined) return;
    const transfer = this.work.get(key)?.transfer;
    this.drop(upload);
    void transfer?.cancel();
    if (upload.sentOff) this.dependencies.ended(key, undefined);
    this.pump();
  }

  /** The message with these files is in its room, or was given up. */
  release(keys: readonly string[], posted: boolean): void {
    for (const key of keys) {
      const upload = this.find(key);
      if (upload === undefined) continue;
      const { transfer } = this.work.get(key) ?? {};
      const { progress, preview } = upload;
      const arrived = posted && progress.name === 'done' && preview !== undefined;
      if (arrived) this.dependencies.previews.keep(progress.attachment.id, preview);
      this.drop(arrived ? { ...upload, preview: undefined } : upload);
      if (!posted) void transfer?.cancel();
    }
    this.pump();
  }

  /** Goes on with everything that waits: the connection is back. */
  kick(): void {
    for (const upload of this.items) if (upload.progress.name === 'waiting') this.wake(upload.key);
  }

  private addOne(line: Line, file: File): void {
    const { api, nextKey, previews } = this.dependencies;
    const key = nextKey();
    const kind = guessKind(file);
    const transfer = new Transfer(api, file, line.roomId, key, nextKey, (sent) => this.progressed(key, sent));
    this.work.set(key, { transfer, controller: undefined, timer: undefined, attempts: 0, faults: 0 });
    const progress = { name: 'queued' } as const;
    const { name, size } = file;
    this.items = [
      ...this.items,
      { key, line, name, size, kind, sent: 0, progress, preview: undefined, sentOff: false },
    ];
    if (kind === 'image') void previews.of(file).then((preview) => this.show(key, preview));
  }

  private show(key: string, preview: Upload['preview']): void {
    if (this.find(key) === undefined) this.dependencies.previews.release(preview);
    else this.change(key, { preview });
  }

  private wake(key: string): void {
    const work = this.work.get(key);
    if (work === undefined) return;
    clearTimeout(work.timer);
    work.timer = undefined;
    this.change(key, { progress: { name: 'queued' } });
    this.pump();
  }

  private pump(): void {
    let sending = this.items.filter(({ progress }) => progress.name === 'sending').length;
    for (const upload of this.items) {
      if (sending >= MOST_AT_ONCE) return;
      if (upload.progress.name !== 'queued') continue;
      sending += 1;
      void this.attempt(upload.key);
    }
  }

  private async attempt(key: string): Promise<void> {
    const work = this.work.get(key);
    if (work === undefined) return;
    const controller = new AbortController();
    work.controller = controller;
    this.change(key, { progress: { name: 'sending' } });
    try {
      const attachment = await work.transfer.run(controller.signal);
      if (!controller.signal.aborted) this.finish(key, attachment);
    } catch (error) {
      if (!controller.signal.aborted) this.failed(key, work, error);
    } finally {
      this.pump();
    }
  }

  private finish(key: string, attachment: Attachment): void {
    this.change(key, { progress: { name: 'done', attachment } });
    const upload = this.find(key);
    if (upload === undefined) return;
    if (upload.sentOff) this.dependencies.ended(key, attachment);
    else {
      const kept = keepUpload(upload, attachment, this.dependencies.now());
      this.dependencies.storage.set(this.storageKey(key), kept);
    }
  }

  private failed(key: string, work: Work, error: unknown): void {
    const temporary = error instanceof ApiError && (error.temporary || error.status === 401);
    if (!temporary || this.isPoison(work, error)) {
      this.change(key, { progress: { name: 'failed', message: describeError(error) } });
      return;
    }
    const random = this.dependencies.random ?? Math.random;
    const backOff = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS * 2 ** Math.min(work.attempts, 10));
    work.attempts += 1;
    this.change(key, { progress: { name: 'waiting' } });
    const wait = error.retryAfterMillis ?? Math.round(backOff * (1 - random() / 4));
    work.timer = setTimeout(() => this.wake(key), wait);
  }

  private isPoison(work: Work, error: ApiError): boolean {
    if (error.kind === 'network' || [401, 429, 503].includes(error.status)) return false;
    work.faults += 1;
    return work.faults >= MOST_FAULTS;
  }

  private drop(upload: Upload): void {
    this.stop(upload.key);
    this.dependencies.storage.remove(this.storageKey(upload.key));
    this.dependencies.previews.release(upload.preview);
    this.items = this.items.filter(({ key }) => key !== upload.key);
  }

  private stop(key: string): void {
    const work = this.work.get(key);
    clearTimeout(work?.timer);
    work?.controller?.abort();
    this.work.delete(key);
  }

  private change(key: string, change: Partial<Upload>): void {
    this.items = this.items.map((item) => (item.key === key ? { ...item, ...change } : item));
  }

  private progressed(key: string, sent: number): void {
    const work = this.work.get(key);
    // What gets through ends the longer and longer waiting.
    if (work !== undefined && sent > (this.find(key)?.sent ?? 0)) work.attempts = 0;
    this.change(key, { sent });
  }

  private storageKey(key: string): string {
    return `${PREFIX}${this.userId ?? ''}.${key}`;
  }
}
