import type { Attachment, AttachmentKind } from '../api/attachments';

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'];
const STEP = 1024;

/** "312 bytes", "1.4 MB", "25 MB": as file managers write a size. */
export function sizeLabel(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= STEP && unit < UNITS.length - 1) {
    value /= STEP;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.5 || Number.isInteger(value) ? 0 : 1;
  return `${value.toFixed(digits)} ${bytes === 1 ? 'byte' : (UNITS[unit] ?? '')}`;
}

/** "0:07", "3:25", "1:02:09". */
export function durationLabel(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (part: number): string => String(part).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** What a file that was chosen here will probably be; the server looks into it and decides. */
export function guessKind(file: Pick<File, 'type'>): AttachmentKind {
  const family = file.type.split('/')[0];
  if (family === 'video' || family === 'audio') return family;
  return /^image\/(?:png|jpeg|gif|webp|avif|bmp)$/u.test(file.type) ? 'image' : 'file';
}

/** The ending of a name in capitals, where it is one that people know files by. */
export function extensionLabel(name: string): string | undefined {
  return /\.(?<ending>[a-z0-9]{1,5})$/iu.exec(name)?.groups?.['ending']?.toUpperCase();
}

export type FileFamily = 'image' | 'video' | 'audio' | 'document' | 'table' | 'archive' | 'code' | 'other';

const ENDINGS: Readonly<Record<string, FileFamily>> = Object.fromEntries(
  Object.entries({
    image: 'svg png jpg jpeg gif webp avif heic bmp tif tiff psd',
    video: 'mp4 mov mkv webm avi',
    audio: 'mp3 wav ogg flac m4a opus aac',
    document: 'pdf doc docx odt rtf txt md pages ppt pptx odp key epub',
    table: 'xls xlsx ods csv tsv numbers',
    archive: 'zip gz tgz tar bz2 xz 7z rar zst jar dmg iso',
    code: 'html htm css js ts json xml yaml yml toml java kt py rb go rs c h cpp cs sh sql log diff patch',
  }).flatMap(([family, endings]) => endings.split(' ').map((ending) => [ending, family as FileFamily])),
);

/** What a file is about, for its sign. */
export function familyOf(file: Pick<Attachment, 'name' | 'kind'>): FileFamily {
  if (file.kind !== 'file') return file.kind;
  return ENDINGS[extensionLabel(file.name)?.toLowerCase() ?? ''] ?? 'other';
}

/** What to say of files where they cannot be shown: the name of one, or how many there are. */
export function filesLabel(files: readonly Pick<Attachment, 'name' | 'kind'>[]): string {
  const first = files[0];
  if (first === undefined) return '';
  if (files.length === 1) return first.name;
  const same = files.every((file) => file.kind === first.kind) ? first.kind : 'file';
  return `${files.length} ${{ image: 'images', video: 'videos', audio: 'recordings', file: 'files' }[same]}`;
}

/** The address of a small picture of a file, if there is one. A picture that is small enough stands for itself. */
export function thumbnailOf(
  file: Pick<Attachment, 'kind' | 'url' | 'thumbnailUrl' | 'posterUrl'>,
): string | undefined {
  if (file.kind === 'image') return file.thumbnailUrl ?? file.url;
  return file.kind === 'video' ? file.posterUrl : undefined;
}
