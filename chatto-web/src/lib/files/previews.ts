import type { Preview } from './upload';

const MOST_KEPT = 24;

/**
 * Pictures of files on this device. The one of a file that has been sent stands behind the picture from the server until that has been
 * loaded, so that nothing flickers; then it is not needed any more, and only the latest are kept.
 */
export class Previews {
  private readonly kept = new Map<string, string>();

  /** Reads the size of a picture; undefined for one that this browser cannot show. */
  async of(file: Blob): Promise<Preview | undefined> {
    const url = URL.createObjectURL(file);
    const image = new Image();
    image.src = url;
    try {
      await image.decode();
      return { url, width: image.naturalWidth, height: image.naturalHeight };
    } catch {
      URL.revokeObjectURL(url);
      return undefined;
    }
  }

  /** The picture is from now on that of a file on the server. */
  keep(attachmentId: string, preview: Preview): void {
    this.kept.set(attachmentId, preview.url);
    for (const oldest of [...this.kept.keys()].slice(0, -MOST_KEPT)) {
      this.release({ url: this.kept.get(oldest) ?? '' });
      this.kept.delete(oldest);
    }
  }

  get(attachmentId: string): string | undefined {
    return this.kept.get(attachmentId);
  }

  release(preview: Pick<Preview, 'url'> | undefined): void {
    if (preview !== undefined) URL.revokeObjectURL(preview.url);
  }

  clear(): void {
    for (const url of this.kept.values()) URL.revokeObjectURL(url);
    this.kept.clear();
  }
}
