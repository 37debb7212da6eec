import { number, object, oneOf, optional, string, withDefault, type Decoder } from './decode';

export const ATTACHMENT_KINDS = ['image', 'video', 'audio', 'file'] as const;

/** How a file is shown; `file` is anything that is only downloaded. */
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];

/** A file of a message. Its addresses are signed and end after a day. */
export interface Attachment {
  id: string;
  name: string;
  /** In bytes. */
  size: number;
  contentType: string;
  kind: AttachmentKind;
  /** In pixels, of an image or a video as far as it is known. */
  width: number | undefined;
  height: number | undefined;
  durationSeconds: number | undefined;
  url: string;
  /** Small enough for a list of messages. */
  thumbnailUrl: string | undefined;
  /** Large enough for a whole screen. */
  largeUrl: string | undefined;
  /** A picture that stands for a video. */
  posterUrl: string | undefined;
}

export const attachmentShape = {
  id: string,
  name: string,
  size: number,
  contentType: withDefault(string, 'application/octet-stream'),
  kind: withDefault(oneOf<AttachmentKind>(ATTACHMENT_KINDS, 'file'), 'file'),
  width: optional(number),
  height: optional(number),
  durationSeconds: optional(number),
  url: string,
  thumbnailUrl: optional(string),
  largeUrl: optional(string),
  posterUrl: optional(string),
};

export const decodeAttachment: Decoder<Attachment> = object(attachmentShape);

/** A file of a message on its way; without the attachment it has not arrived yet. */
export interface OutgoingFile {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly attachment: Attachment | undefined;
}

export const decodeOutgoingFile: Decoder<OutgoingFile> = object({
  key: string,
  name: string,
  size: number,
  attachment: optional(decodeAttachment),
});
