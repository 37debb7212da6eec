import { attachmentShape, decodeAttachment, type Attachment, type AttachmentKind } from './attachments';
import { linePath, type Line } from './client';
import { array, boolean, number, object, optional, string, withDefault, type Decoder } from './decode';
import type { Http } from './http';
import { decodeAuthor, decodeUser, type Author, type User } from './types';

/** A file on its way to the server, as the server knows it. */
export interface UploadState {
  id: string;
  size: number;
  /** How many bytes have arrived. */
  offset: number;
  /** Every request carries this many bytes, the last one what is left. */
  partSize: number | undefined;
  complete: boolean;
  attachment: Attachment | undefined;
}

/** A file as the list of a room's files shows it. */
export interface RoomFile extends Attachment {
  /** Of its message. */
  ordinal: number;
  threadRoot: number | undefined;
  author: Author;
  createdAt: string;
}

/** Ends a part that is on its way, and hears how many bytes of it have gone. */
export interface OnTheWay {
  signal: AbortSignal;
  onSent: (bytes: number) => void;
}

export interface RoomFilePage {
  files: RoomFile[];
  nextCursor: string | undefined;
}

const PICTURE_TIMEOUT_MILLIS = 60_000;
const ROOM_FILES = 50;

const decodeUpload: Decoder<UploadState> = object({
  id: string,
  size: number,
  offset: number,
  partSize: optional(number),
  complete: withDefault(boolean, false),
  attachment: optional(decodeAttachment),
});

const decodeRoomFile: Decoder<RoomFile> = object({
  ...attachmentShape,
  ordinal: number,
  threadRoot: optional(number),
  author: decodeAuthor,
  createdAt: string,
});

/** The calls about files, and about the pictures of people and the server. */
export class FilesApi {
  constructor(private readonly http: Http) {}

  async begin(roomId: string, name: string, size: number, key: string): Promise<UploadState> {
    const headers = { 'Idempotency-Key': key };
    const call = { method: 'POST', path: '/uploads', body: { name, size, roomId }, headers } as const;
    return await this.http.send(call, decodeUpload);
  }

  async upload(id: string): Promise<UploadState> {
    return await this.http.send({ method: 'GET', path: uploadPath(id) }, decodeUpload);
  }

  async sendPart(id: string, offset: number, part: Blob, way: OnTheWay): Promise<UploadState> {
    const call = {
      method: 'PUT',
      path: uploadPath(id),
      upload: part,
      headers: { 'Upload-Offset': String(offset) },
      ...way,
    } as const;
    return await this.http.send(call, decodeUpload);
  }

  async cancel(id: string): Promise<void> {
    await this.http.sendForNothing({ method: 'DELETE', path: uploadPath(id) });
  }

  /** A room's files, the newest first. */
  async ofRoom(roomId: string, kind: AttachmentKind | undefined, cursor?: string): Promise<RoomFilePage> {
    const decoder = object({ files: array(decodeRoomFile), nextCursor: optional(string) });
    const path = `/rooms/${encodeURIComponent(roomId)}/files`;
    const query = { limit: ROOM_FILES, kind, cursor };
    return await this.http.send({ method: 'GET', path, query }, decoder);
  }

  /** Takes one file away from a message. */
  async remove(line: Line, ordinal: number, id: string): Promise<void> {
    const path = `${linePath(line)}/${ordinal}/attachments/${encodeURIComponent(id)}`;
    await this.http.sendForNothing({ method: 'DELETE', path });
  }

  async setAvatar(picture: Blob): Promise<User> {
    return await this.http.send(pictureCall('/me/avatar', picture), decodeUser);
  }

  async removeAvatar(): Promise<void> {
    await this.http.sendForNothing({ method: 'DELETE', path: '/me/avatar' });
  }

  async setLogo(picture: Blob): Promise<void> {
    await this.http.sendForNothing(pictureCall('/server/logo', picture));
  }

  async removeLogo(): Promise<void> {
    await this.http.sendForNothing({ method: 'DELETE', path: '/server/logo' });
  }
}

function uploadPath(id: string): string {
  return `/uploads/${encodeURIComponent(id)}`;
}

function pictureCall(path: string, upload: Blob) {
  return { method: 'PUT', path, upload, timeoutMillis: PICTURE_TIMEOUT_MILLIS } as const;
}
