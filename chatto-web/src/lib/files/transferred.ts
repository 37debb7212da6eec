export interface Taken {
  files: File[];
  /** Why some of what was brought cannot be taken. */
  notices: string[];
}

/** Whether something that is being dragged over the page holds files. */
export function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}

/** The files of what was dropped. A folder is not a file, and browsers give it as an unreadable one. */
export function filesDropped(data: DataTransfer | null): Taken {
  const files: File[] = [];
  const notices: string[] = [];
  for (const item of data?.items ?? []) {
    const file = item.kind === 'file' ? item.getAsFile() : null;
    if (file === null) continue;
    if (item.webkitGetAsEntry()?.isDirectory === true)
      notices.push(`“${file.name}” is a folder. Pack it into an archive first, such as a ZIP file.`);
    else files.push(file);
  }
  return { files, notices };
}

/**
 * The files of what was pasted. Programs that write text put a picture of it beside the text: who copies words and their form wants the
 * words.
 */
export function filesPasted(data: DataTransfer | null): File[] {
  if (data === null || data.files.length === 0) return [];
  const written = data.getData('text/plain').trim() !== '' && data.getData('text/html').trim() !== '';
  return written ? [] : [...data.files];
}
