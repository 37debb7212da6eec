import type { ServerLimits } from '../api/server';
import { sizeLabel } from './kinds';

type Limits = Pick<ServerLimits, 'maxUploadBytes' | 'maxVideoBytes' | 'maxAttachments'>;

export interface Admission {
  accepted: File[];
  /** Why some were left out, and what can be done. */
  notices: string[];
}

/** Which of the chosen files may join those that are already in a message. */
export function admit(files: readonly File[], already: number, limits: Limits): Admission {
  const notices: string[] = [];
  const fitting = files.filter((file) => {
    const fault = faultOf(file, limits);
    if (fault !== undefined) notices.push(fault);
    return fault === undefined;
  });
  const room = Math.max(0, limits.maxAttachments - already);
  const left = fitting.length - room;
  if (left > 0) {
    notices.push(
      `A message carries ${limits.maxAttachments} files at most; ${left === 1 ? 'one was' : `${left} were`} left out. Send these first, then the others.`,
    );
  }
  return { accepted: fitting.slice(0, room), notices };
}

function faultOf(file: File, limits: Limits): string | undefined {
  if (file.size === 0) return `“${file.name}” is empty.`;
  const isVideo = file.type.startsWith('video/');
  const most = isVideo ? Math.max(limits.maxVideoBytes, limits.maxUploadBytes) : limits.maxUploadBytes;
  if (file.size <= most) return undefined;
  const what = isVideo ? 'a video' : 'a file';
  return `“${file.name}” is too large: ${sizeLabel(file.size)}, and ${what} may have ${sizeLabel(most)}.`;
}
