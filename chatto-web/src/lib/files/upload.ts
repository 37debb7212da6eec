import { decodeAttachment, type Attachment, type AttachmentKind } from '../api/attachments';
import type { Line } from '../api/client';
import { number, object, optional, string } from '../api/decode';

export type UploadProgress =
  | { name: 'queued' }
  | { name: 'sending' }
  /** The connection broke off; it goes on by itself. */
  | { name: 'waiting' }
  | { name: 'done'; attachment: Attachment }
  /** It does not go on by itself. */
  | { name: 'failed'; message: string };

/** A picture of the file on this device, while it has none on the server. */
export interface Preview {
  url: string;
  width: number;
  height: number;
}

/** A file that was chosen for a message. */
export interface Upload {
  readonly key: string;
  readonly line: Line;
  readonly name: string;
  readonly size: number;
  readonly kind: AttachmentKind;
  /** How many bytes have gone. */
  readonly sent: number;
  readonly progress: UploadProgress;
  readonly preview: Preview | undefined;
  /** Whether it belongs to a message that was sent off; otherwise it is where messages are written. */
  readonly sentOff: boolean;
}

const decodeKept = object({
  key: string,
  roomId: string,
  threadRoot: optional(number),
  at: number,
  attachment: decodeAttachment,
});

/** A finished file as the device keeps it until its message is sent. */
export function keepUpload(upload: Upload, attachment: Attachment, at: number): string {
  const { roomId, threadRoot } = upload.line;
  return JSON.stringify({ key: upload.key, roomId, threadRoot, at, attachment });
}

/** Reads a kept file; undefined for one that this version cannot read, or that the server has not any more. */
export function restoreUpload(text: string | undefined, since: number): Upload | undefined {
  try {
    const { key, roomId, threadRoot, at, attachment } = decodeKept(JSON.parse(text ?? ''), '');
    if (at < since) return undefined;
    const { name, size, kind } = attachment;
    const line = { roomId, threadRoot };
    const progress = { name: 'done', attachment } as const;
    return { key, line, name, size, kind, sent: size, progress, preview: undefined, sentOff: false };
  } catch {
    return undefined;
  }
}
