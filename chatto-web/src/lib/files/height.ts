import type { Attachment } from '../api/attachments';
import { gridHeight, singleSize } from './grid';

const PLAYER_CAPTION = 30;
const AUDIO = 98;
const CARD = 68;
const GAP = 8;

/** A first guess of how high the files of a message stand, until they have been drawn and measured. */
export function filesHeight(files: readonly Attachment[]): number {
  const images = files.filter(({ kind }) => kind === 'image');
  const others = files.filter(({ kind }) => kind !== 'image').map(heightOf);
  const parts = images.length > 0 ? [gridHeight(images), ...others] : others;
  return parts.reduce((sum, height) => sum + height + GAP, 0);
}

function heightOf(file: Attachment): number {
  if (file.kind === 'video') return singleSize(videoSize(file)).height + PLAYER_CAPTION;
  return file.kind === 'audio' ? AUDIO : CARD;
}

/** What room a video takes; one of unknown size gets that of a screen. */
export function videoSize(video: Pick<Attachment, 'width' | 'height'>): { width: number; height: number } {
  const { width, height } = video;
  return width === undefined || height === undefined ? { width: 1280, height: 720 } : { width, height };
}
